-- order_by_number
-- An order by its merchant's number.
select order_id, mchid, appid, combined_id, place, out_trade_no, prepay_id, trade_type, description,
       attach, total_fen, openid, notify_url, device_id, bank_type, is_sharing, asked, made_at,
       usable_until, expires_at, closed_at, tried, tried_at, transaction_id, person_id,
       payer_openid, paid_at, refunds, refunded_fen
  from sandbox.orders
 where mchid = :mchid::text and out_trade_no = :out_trade_no::text;

-- order_by_transaction
-- An order of this merchant by WeChat's number.
select order_id, mchid, appid, combined_id, place, out_trade_no, prepay_id, trade_type, description,
       attach, total_fen, openid, notify_url, device_id, bank_type, is_sharing, asked, made_at,
       usable_until, expires_at, closed_at, tried, tried_at, transaction_id, person_id,
       payer_openid, paid_at, refunds, refunded_fen
  from sandbox.orders
 where transaction_id = :transaction_id::text and mchid = :mchid::text;

-- locked_order
-- An order by its merchant's number, locked: whoever pays it at this moment comes before or after.
select order_id, mchid, appid, combined_id, place, out_trade_no, prepay_id, trade_type, description,
       attach, total_fen, openid, notify_url, device_id, bank_type, is_sharing, asked, made_at,
       usable_until, expires_at, closed_at, tried, tried_at, transaction_id, person_id,
       payer_openid, paid_at, refunds, refunded_fen
  from sandbox.orders
 where mchid = :mchid::text and out_trade_no = :out_trade_no::text
   for no key update;

-- close_orders
-- Close the orders of a bill.
update sandbox.orders
   set closed_at = :now
 where prepay_id = :prepay_id::text;
