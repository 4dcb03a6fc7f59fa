-- read
select placed.order_id,
       (select count(*) from trade.order_notes as note
         where note.book = :book and note.order_id = placed.order_id) as notes
  from trade.orders as placed
 where placed.book = :book and placed.order_id = any(:order_ids::bigint[]);

-- write
insert into trade.order_notes (book, order_id, number, staff_id, noted_at, note)
select :book, order_id, number, staff_id, :now, note
  from unnest(:order_ids::bigint[], :numbers::bigint[], :staff_ids::bigint[], :notes::text[])
    as noted (order_id, number, staff_id, note);
