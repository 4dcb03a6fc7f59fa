-- write
with ended as (
    update staff.sessions set closed_at = :now
     where book = :book and staff_id = any(:staff_ids::bigint[]) and closed_at is null
)
update staff.members set left_at = :now
 where book = :book and staff_id = any(:staff_ids::bigint[]);
