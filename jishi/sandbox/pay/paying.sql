-- lines
-- The orders before this one, the newest first.
select order_id, mchid, appid, out_trade_no, prepay_id, trade_type, description, total_fen,
       is_sharing, made_at, expires_at, closed_at, transaction_id, person_id, paid_at, refunded_fen
  from sandbox.orders
 where order_id < :before::bigint and (:mchid::text = '' or mchid = :mchid::text)
 order by order_id desc
 limit :orders_max::integer;
