-- known
-- Those of them who were met and are not forgotten, and how often each took his data lately.
select person.person_id,
       (select count(*) from people.exports as export
         where export.book = :book and export.person_id = person.person_id
           and export.exported_at > :now::timestamptz - :within::interval) as times
  from people.persons as person
 where person.book = :book and person.person_id = any(:person_ids::bigint[])
   and person.wrapped_key is not null;

-- write
insert into people.exports (book, number, person_id, exported_at)
select :book, number, person_id, :now
  from unnest(:numbers::bigint[], :person_ids::bigint[]) as taken (number, person_id);
