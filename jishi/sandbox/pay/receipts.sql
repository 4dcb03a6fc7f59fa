-- combination
-- A combination.
select combined_id, mchid, appid, out_trade_no, prepay_id, transaction_id, notify_url, device_id,
       asked
  from sandbox.combined_orders
 where combined_id = :combined_id::bigint;
