-- held
select member.staff_id, member.works_in, coalesce(kept.number, 0) as number,
       coalesce(kept.last_step, 0) as last_step
  from staff.members as member
  left join staff.authenticators as kept
    on kept.book = member.book and kept.staff_id = member.staff_id and kept.removed_at is null
 where member.book = :book and member.staff_id = any(:staff_ids::bigint[])
   and member.left_at is null;
