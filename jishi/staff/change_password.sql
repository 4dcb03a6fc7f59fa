-- known
select session.session_id, session.staff_id
  from staff.sessions as session
  join staff.members as member
    on member.book = session.book and member.staff_id = session.staff_id
 where session.book = :book and session.session_id = any(:session_ids::bigint[])
   and session.closed_at is null and session.ends_at > :now and member.left_at is null;

-- write
with ended as (
    update staff.sessions as session set closed_at = :now
      from unnest(:staff_ids::bigint[], :session_ids::bigint[]) as kept (staff_id, session_id)
     where session.book = :book and session.staff_id = kept.staff_id
       and session.session_id <> kept.session_id and session.closed_at is null
)
insert into staff.passwords (book, staff_id, number, hash, set_at)
select :book, given.staff_id, given.number, given.hash, :now
  from unnest(:staff_ids::bigint[], :numbers::bigint[], :hashes::text[])
       as given (staff_id, number, hash);
