-- known
select person_id, session_id
  from people.sessions
 where book = :book and person_id = any(:person_ids::bigint[])
   and closed_at is null and ends_at > :now;

-- write
update people.sessions set closed_at = :now
 where book = :book and closed_at is null
   and (session_id = any(:session_ids::bigint[]) or person_id = any(:person_ids::bigint[]));
