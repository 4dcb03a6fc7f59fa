-- write
update staff.sessions as session set closed_at = :now
  from unnest(:staff_ids::bigint[], :session_ids::bigint[]) as kept (staff_id, session_id)
 where session.book = :book and session.staff_id = kept.staff_id
   and session.session_id <> kept.session_id and session.closed_at is null;
