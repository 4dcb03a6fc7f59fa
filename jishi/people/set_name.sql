-- known
-- Those of them who were met and are not forgotten.
select person_id
  from people.persons
 where book = :book and person_id = any(:person_ids::bigint[]) and wrapped_key is not null;

-- write
insert into people.names (book, person_id, sealed, written_at)
select :book, said.person_id, said.sealed, :now
  from unnest(:person_ids::bigint[], :seals::bytea[]) as said (person_id, sealed)
on conflict (book, person_id) do update
   set sealed = excluded.sealed, written_at = excluded.written_at;

-- forget
delete from people.names
 where book = :book and person_id = any(:person_ids::bigint[]);
