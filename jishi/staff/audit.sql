-- doers
-- Whoever works or worked at one of these places.
select staff_id, works_in, name
  from staff.members
 where book = :book and works_in = any(:workplaces::bigint[])
 order by staff_id desc
 limit :members_max::int;

-- deeds
-- What these members did in a book, the newest first: each through the index of its actor.
select deed.number, deed.at, deed.name, deed.subject_id, deed.actor_id, deed.body
  from unnest(:staff_ids::bigint[]) as who (staff_id)
 cross join lateral (
       select event.number, event.at, event.name, event.subject_id, event.actor_id,
              event.body::text as body
         from kernel.events as event
        where event.book = :book and event.actor_id = who.staff_id
          and event.number < :before and event.at >= :from_at and event.at < :until_at
          and (:deed = '' or event.name = :deed::text)
          and event.name <> 'SessionProlonged'
        order by event.number desc
        limit :deeds_max::int) as deed
 order by deed.number desc
 limit :deeds_max::int;

-- about
-- What happened to these members: signing in, locks, passwords, roles, the newest first.
select deed.number, deed.at, deed.name, deed.subject_id, deed.actor_id, deed.body
  from unnest(:staff_ids::bigint[]) as who (staff_id)
 cross join lateral (
       select event.number, event.at, event.name, event.subject_id, event.actor_id,
              event.body::text as body
         from kernel.events as event
        where event.book = :book and event.subject_id = who.staff_id
          and event.number < :before and event.at >= :from_at and event.at < :until_at
          and (:deed = '' or event.name = :deed::text)
          and event.name <> 'SessionProlonged'
        order by event.number desc
        limit :deeds_max::int) as deed
 order by deed.number desc
 limit :deeds_max::int;
