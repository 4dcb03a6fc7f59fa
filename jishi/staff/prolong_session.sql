-- known
select session_id, staff_id, opened_at
  from staff.sessions
 where book = :book and session_id = any(:session_ids::bigint[])
   and closed_at is null and ends_at > :now;

-- write
update staff.sessions
   set ends_at = least(:idle_at::timestamptz, opened_at + make_interval(days => :days_max::int))
 where book = :book and session_id = any(:session_ids::bigint[]);
