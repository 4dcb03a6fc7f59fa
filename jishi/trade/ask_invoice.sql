-- write
insert into trade.invoice_wishes (book, order_id, number, kind, sealed, asked_at)
select :book, order_id, number, kind, sealed, :now
  from unnest(:order_ids::bigint[], :numbers::bigint[], :kinds::text[], :seals::bytea[])
    as wish (order_id, number, kind, sealed);
