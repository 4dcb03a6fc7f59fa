-- notices
select number from staff.notices where book = :book and number = any(:numbers::bigint[]);

-- seen
select staff_id, number
  from staff.seen_notices
 where book = :book and staff_id = any(:staff_ids::bigint[]);

-- write
insert into staff.seen_notices (book, staff_id, number)
select :book, read.staff_id, read.number
  from unnest(:staff_ids::bigint[], :numbers::bigint[]) as read (staff_id, number)
on conflict (book, staff_id) do update set number = excluded.number;
