-- write
insert into fulfilment.send_outs (book, order_id, number, staff_id, sent_at)
select :book, order_id, number, staff_id, :now
  from unnest(:order_ids::bigint[], :numbers::bigint[], :staff_ids::bigint[])
    as sent (order_id, number, staff_id);

-- note
-- Who brings these orders; the last that was told does.
insert into fulfilment.couriers (book, order_id, sealed, noted_at)
select :book, order_id, sealed, :now
  from unnest(:order_ids::bigint[], :seals::bytea[]) as courier (order_id, sealed)
on conflict (book, order_id) do update
   set sealed = excluded.sealed, noted_at = excluded.noted_at;
