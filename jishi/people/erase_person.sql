-- known
-- Those of them who were met and are not forgotten.
select person_id
  from people.persons
 where book = :book and person_id = any(:person_ids::bigint[]) and wrapped_key is not null;

-- destroy
-- The key goes; whoever is signed in is out.
with erased as (
    insert into people.erasures (book, person_id, erased_at)
    select :book, erased.person_id, :now from unnest(:person_ids::bigint[]) as erased (person_id)
), closed as (
    update people.sessions set closed_at = :now
     where book = :book and person_id = any(:person_ids::bigint[]) and closed_at is null
)
update people.persons set wrapped_key = null
 where book = :book and person_id = any(:person_ids::bigint[]);

-- forget
with names as (
    delete from people.names where book = :book and person_id = any(:person_ids::bigint[])
), defaults as (
    delete from people.defaults where book = :book and person_id = any(:person_ids::bigint[])
)
delete from people.adoptions where book = :book and person_id = any(:person_ids::bigint[]);
