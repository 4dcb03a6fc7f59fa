-- known
select staff_id
  from staff.members
 where book = :book and staff_id = any(:staff_ids::bigint[]) and left_at is null;

-- taken
select session_id from staff.sessions
 where book = :book and session_id = any(:session_ids::bigint[]);

-- write
insert into staff.sessions (book, session_id, staff_id, digest, opened_at, ends_at)
select :book, opened.session_id, opened.staff_id, opened.digest, :now, :ends_at::timestamptz
  from unnest(:session_ids::bigint[], :staff_ids::bigint[], :digests::text[])
       as opened (session_id, staff_id, digest);
