-- add_combination
-- Make a combination known, unless its number is taken.
insert into sandbox.combined_orders
       (mchid, appid, out_trade_no, prepay_id, transaction_id, notify_url, device_id, asked)
values (:mchid::text, :appid::text, :out_trade_no::text, :prepay_id::text, :transaction_id::text,
        :notify_url::text, :device_id::text, :asked::text)
    on conflict (mchid, out_trade_no) do nothing
returning combined_id;

-- add_sub_orders
-- Make its orders known, but for those whose numbers are taken.
with made as (
    insert into sandbox.orders
           (mchid, appid, combined_id, place, out_trade_no, prepay_id, trade_type, description,
            attach, total_fen, openid, notify_url, device_id, bank_type, is_sharing, asked,
            made_at, usable_until, expires_at)
    select sub.mchid, :appid::text, :combined_id::bigint, sub.place, sub.out_trade_no,
           :prepay_id::text, :trade_type::text, sub.description, sub.attach, sub.total_fen,
           :openid::text, :notify_url::text, :device_id::text, :bank_type::text, sub.is_sharing,
           sub.asked, :now, :usable_until::timestamptz, :expires_at::timestamptz
      from unnest(:places::integer[], :mchids::text[], :out_trade_nos::text[],
                  :descriptions::text[], :attaches::text[], :totals_fen::bigint[],
                  :are_sharing::boolean[], :askeds::text[])
           as sub (place, mchid, out_trade_no, description, attach, total_fen, is_sharing, asked)
        on conflict (mchid, out_trade_no) do nothing
    returning order_id
)
select count(*) as made from made;

-- combination_by_number
-- A combination by its merchant's number, locked: its prepay_id stays the one of its orders.
select combined_id, mchid, appid, out_trade_no, prepay_id, transaction_id, notify_url, device_id,
       asked
  from sandbox.combined_orders
 where mchid = :mchid::text and out_trade_no = :out_trade_no::text
   for no key update;

-- renew_combination
-- Give a combination the new prepay_id of its orders.
update sandbox.combined_orders
   set prepay_id = :prepay_id::text
 where combined_id = :combined_id::bigint;
