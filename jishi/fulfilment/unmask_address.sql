-- read
select order_id, delivery, state
  from trade.orders
 where book = :book and order_id = any(:order_ids::bigint[]);

-- read_seen
select staff_id, count(*) as times
  from fulfilment.unmaskings
 where book = :book and staff_id = any(:staff_ids::bigint[])
   and seen_at > :now::timestamptz - interval '1 day'
 group by staff_id;

-- write
insert into fulfilment.unmaskings (book, number, order_id, staff_id, seen_at)
select :book, number, order_id, staff_id, :now
  from unnest(:numbers::bigint[], :order_ids::bigint[], :staff_ids::bigint[])
    as unmasking (number, order_id, staff_id);
