-- paid_order
-- A paid order of a mini program, by one of its numbers.
with paid as (
    select transaction_id, mchid, out_trade_no, description, total_fen, refunded_fen, person_id,
           payer_openid, made_at, paid_at
      from sandbox.orders
     where appid = :appid::text and paid_at is not null
)
select paid.transaction_id, paid.mchid, paid.out_trade_no, paid.description, paid.total_fen,
       paid.refunded_fen, paid.person_id, paid.payer_openid as openid, paid.made_at, paid.paid_at,
       shipping.details, coalesce(shipping.has_ended, false) as has_ended,
       coalesce(shipping.redone_count, 0) as redone_count, shipping.uploaded_at,
       shipping.reminded_at, shipping.received_at, shipping.settles_at
  from paid
  left join sandbox.shippings as shipping on shipping.transaction_id = paid.transaction_id
 where (paid.transaction_id = :transaction_id::text
        or (:transaction_id::text = '' and paid.mchid = :mchid::text
            and paid.out_trade_no = :out_trade_no::text));

-- paid_orders
-- The paid orders of a mini program before one of them, the newest first.
with paid as (
    select transaction_id, mchid, out_trade_no, description, total_fen, refunded_fen, person_id,
           payer_openid, made_at, paid_at
      from sandbox.orders
     where appid = :appid::text
       and paid_at between :begins_at::timestamptz and :ends_at::timestamptz
)
select paid.transaction_id, paid.mchid, paid.out_trade_no, paid.description, paid.total_fen,
       paid.refunded_fen, paid.person_id, paid.payer_openid as openid, paid.made_at, paid.paid_at,
       shipping.details, coalesce(shipping.has_ended, false) as has_ended,
       coalesce(shipping.redone_count, 0) as redone_count, shipping.uploaded_at,
       shipping.reminded_at, shipping.received_at, shipping.settles_at
  from paid
  left join sandbox.shippings as shipping on shipping.transaction_id = paid.transaction_id
 where (:openid::text = '' or paid.payer_openid = :openid::text)
   and (:before::text = '' or (paid.paid_at, paid.transaction_id) <
        (select last.paid_at, last.transaction_id from sandbox.orders as last
          where last.transaction_id = :before::text))
   and (:state::bigint = 0 or :state::bigint = case
            when paid.refunded_fen >= paid.total_fen then 5
            when shipping.received_at is not null and shipping.settles_at <= :now then 4
            when shipping.received_at is not null then 3
            when shipping.has_ended then 2
            else 1 end)
 order by paid.paid_at desc, paid.transaction_id desc
 limit :page_max::integer;

-- put_shipping
-- Keep what was told of the shipping of an order.
insert into sandbox.shippings (transaction_id, appid, person_id, details, has_ended, redone_count,
                               uploaded_at)
values (:transaction_id::text, :appid::text, :person_id::bigint, :details::jsonb,
        :has_ended::boolean, :redone_count::integer, :uploaded_at::timestamptz)
    on conflict (transaction_id) do update
       set details = excluded.details, has_ended = excluded.has_ended,
           redone_count = excluded.redone_count, uploaded_at = excluded.uploaded_at;

-- mark_reminded
-- The buyer was asked to confirm the receipt.
update sandbox.shippings set reminded_at = :now where transaction_id = :transaction_id::text;

-- mark_received
-- The buyer has it.
update sandbox.shippings
   set received_at = :now, settles_at = :settles_at::timestamptz
 where transaction_id = :transaction_id::text and received_at is null;
