-- known
-- Those of them who were met and are not forgotten.
select person.person_id, adoption.person_id is not null as is_adopted
  from people.persons as person
  left join people.adoptions as adoption
    on adoption.book = person.book and adoption.person_id = person.person_id
 where person.book = :book and person.person_id = any(:person_ids::bigint[])
   and person.wrapped_key is not null;

-- write
insert into people.adoptions (book, person_id, digest, adopted_at)
select :book, adopted.person_id, adopted.digest, :now
  from unnest(:person_ids::bigint[], :digests::bytea[]) as adopted (person_id, digest);
