-- known
select staff_id, works_in, left_at is null as is_here
  from staff.members
 where book = :book and staff_id = any(:staff_ids::bigint[]);

-- write
with ended as (
    update staff.sessions set closed_at = :now
     where book = :book and staff_id = any(:staff_ids::bigint[]) and closed_at is null
)
update staff.members set left_at = :now
 where book = :book and staff_id = any(:staff_ids::bigint[]);
