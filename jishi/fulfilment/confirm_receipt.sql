-- forget
-- Who brought these orders is nobody's business any more.
delete from fulfilment.couriers
 where book = :book and order_id = any(:order_ids::bigint[]);
