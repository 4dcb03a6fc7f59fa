-- ranked
select staff_id, works_in, roles, left_at is null as is_here
  from staff.members
 where book = :book and staff_id = any(:staff_ids::bigint[]);

-- heads
-- Who leads each place of work, and is here.
select works_in, array_agg(staff_id) as staff_ids
  from staff.members
 where book = :book and works_in = any(:workplaces::bigint[]) and left_at is null
   and roles && :roles::text[]
 group by works_in;
