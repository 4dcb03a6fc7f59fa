-- write
update staff.authenticators set removed_at = :now
 where book = :book and staff_id = any(:staff_ids::bigint[]) and removed_at is null;
