-- known
select person_id
  from people.persons
 where book = :book and person_id = any(:person_ids::bigint[]);

-- write
insert into people.persons (book, person_id, wrapped_key, met_at)
select :book, met.person_id, met.wrapped_key, :now
  from unnest(:person_ids::bigint[], :wrapped_keys::bytea[]) as met (person_id, wrapped_key);
