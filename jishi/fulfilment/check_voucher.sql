-- read_known
select digest, order_id
  from fulfilment.vouchers
 where book = :book and digest = any(:digests::text[]);

-- read_elsewhere
-- Which of these codes are of other shops.
select found.digest
  from fulfilment.of_another_shop(:book, :digests::text[]) as found;

-- read_tried
-- The wrong codes of a day, by who tried them.
select staff_id, array_agg(tried_at) as tries
  from fulfilment.wrong_codes
 where book = :book and staff_id = any(:staff_ids::bigint[])
   and tried_at > :now::timestamptz - interval '1 day'
 group by staff_id;

-- write
insert into fulfilment.wrong_codes (book, number, staff_id, tried_at)
select :book, number, staff_id, :now
  from unnest(:numbers::bigint[], :staff_ids::bigint[]) as tried (number, staff_id);
