-- orders
-- A shop's orders, newest first, a page at a time; in one state, or (empty) in any.
select placed.order_id, placed.public_id as order, placed.order_number, placed.state,
       placed.placed_at, placed.pay_until, placed.goods_fen, placed.discount_fen,
       placed.freight_fen, placed.total_fen, placed.delivery, placed.remark,
       (select coalesce(json_agg(json_build_object(
                   'position', line.position, 'product', line.product, 'title', line.title,
                   'options', line.options, 'quantity', line.quantity,
                   'price_fen', line.price_fen, 'paid_fen', line.paid_fen)
                   order by line.position), '[]')
          from trade.order_lines as line
         where line.book = placed.book and line.order_id = placed.order_id) as lines
  from trade.orders as placed
 where placed.book = :book and placed.order_id < :before
   and (:state::text = '' or placed.state = :state::text)
 order by placed.order_id desc
 limit :orders_max::int;

-- order
-- One order of a shop by its public id.
select placed.order_id, placed.public_id as order, placed.order_number, placed.state,
       placed.placed_at, placed.pay_until, placed.goods_fen, placed.discount_fen,
       placed.freight_fen, placed.total_fen, placed.delivery, placed.remark,
       (select coalesce(json_agg(json_build_object(
                   'position', line.position, 'product', line.product, 'title', line.title,
                   'options', line.options, 'quantity', line.quantity,
                   'price_fen', line.price_fen, 'paid_fen', line.paid_fen)
                   order by line.position), '[]')
          from trade.order_lines as line
         where line.book = placed.book and line.order_id = placed.order_id) as lines
  from trade.orders as placed
 where placed.book = :book and placed.public_id = :order;

-- refs
select order_id, public_id as order, order_number
  from trade.orders where book = :book and order_id = any(:order_ids::bigint[]);
