-- known
-- Those of them who were met and are not forgotten.
select person_id
  from people.persons
 where book = :book and person_id = any(:person_ids::bigint[]) and wrapped_key is not null;

-- said_last
select distinct on (person_id, purpose) person_id, purpose, version, is_given
  from people.consents
 where book = :book and person_id = any(:person_ids::bigint[])
 order by person_id, purpose, number desc;

-- write_all
insert into people.consents (book, number, person_id, purpose, version, is_given, place, said_at)
select :book, number, person_id, purpose, version, is_given, place, :now
  from unnest(:numbers::bigint[], :person_ids::bigint[], :purposes::text[], :versions::text[],
              :givens::boolean[], :places::text[])
    as said (number, person_id, purpose, version, is_given, place);
