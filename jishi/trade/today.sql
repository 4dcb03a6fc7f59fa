-- today
select count(*) filter (where placed.state = 'awaiting_payment') as awaiting_payment,
       count(*) filter (where placed.state in ('paid', 'partly_shipped')) as to_ship,
       count(*) filter (where placed.state = 'ready_for_pickup') as for_pickup,
       (select count(*) from trade.order_steps as step
         where step.book = :book and step.state = 'paid'
           and step.at >= date_trunc('day', now(), 'Asia/Shanghai')) as paid_orders,
       (select coalesce(sum(paid.total_fen), 0)::bigint
          from trade.order_steps as step
          join trade.orders as paid on paid.book = step.book and paid.order_id = step.order_id
         where step.book = :book and step.state = 'paid'
           and step.at >= date_trunc('day', now(), 'Asia/Shanghai')) as paid_fen
  from trade.orders as placed
 where placed.book = :book
   and placed.state in ('awaiting_payment', 'paid', 'partly_shipped', 'ready_for_pickup');

-- told
-- The orders of some notices.
select order_id as about_id, public_id, order_number, total_fen
  from trade.orders
 where book = :book and order_id = any(:order_ids::bigint[]);
