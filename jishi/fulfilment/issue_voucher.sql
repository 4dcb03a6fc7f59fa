-- read_used
select digest
  from fulfilment.vouchers
 where book = :book and digest = any(:digests::text[]);

-- write
insert into fulfilment.vouchers (book, order_id, number, turn, digest, issued_at)
select :book, order_id, number, turn, digest, :now
  from unnest(:order_ids::bigint[], :numbers::bigint[], :turns::smallint[], :digests::text[])
    as issued (order_id, number, turn, digest);
