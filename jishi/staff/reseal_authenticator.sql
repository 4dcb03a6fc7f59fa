-- known
select staff_id
  from staff.authenticators
 where book = :book and staff_id = any(:staff_ids::bigint[]) and removed_at is null;

-- write
update staff.authenticators as kept
   set sealed = given.sealed
  from unnest(:staff_ids::bigint[], :seals::bytea[]) as given (staff_id, sealed)
 where kept.book = :book and kept.staff_id = given.staff_id and kept.removed_at is null;
