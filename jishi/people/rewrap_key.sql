-- known
-- Those of them who were met and are not forgotten.
select person_id
  from people.persons
 where book = :book and person_id = any(:person_ids::bigint[]) and wrapped_key is not null;

-- write
update people.persons as person
   set wrapped_key = wrapped.wrapped_key
  from unnest(:person_ids::bigint[], :wrapped_keys::bytea[]) as wrapped (person_id, wrapped_key)
 where person.book = :book and person.person_id = wrapped.person_id
   and person.wrapped_key is not null;
