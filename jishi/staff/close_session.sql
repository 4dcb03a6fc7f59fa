-- known
select session_id, staff_id
  from staff.sessions
 where book = :book and session_id = any(:session_ids::bigint[])
   and closed_at is null and ends_at > :now;

-- write
update staff.sessions set closed_at = :now
 where book = :book and session_id = any(:session_ids::bigint[]);
