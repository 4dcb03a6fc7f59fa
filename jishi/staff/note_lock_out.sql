-- known
-- Members who work here, and whether a lock-out was noted in the last quarter of an hour.
select member.staff_id,
       exists (select from kernel.events as event
                where event.book = :book and event.subject_id = member.staff_id
                  and event.name = 'LockOutNoted'
                  and event.at > :now::timestamptz - interval '15 minutes') as is_noted
  from staff.members as member
 where member.book = :book and member.staff_id = any(:staff_ids::bigint[])
   and member.left_at is null;
