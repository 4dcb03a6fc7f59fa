-- write
update staff.authenticators as kept
   set last_step = used.step
  from unnest(:staff_ids::bigint[], :steps::bigint[]) as used (staff_id, step)
 where kept.book = :book and kept.staff_id = used.staff_id and kept.removed_at is null;
