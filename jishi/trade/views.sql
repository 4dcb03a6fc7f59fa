-- order
-- One order by its public id, if whoever looks may see it.
select placed.book, placed.order_id, shop.public_id as shop, shop.name as shop_name,
       shop.name_en as shop_name_en, placed.public_id as order, placed.order_number, placed.state,
       placed.placed_at, placed.pay_until, placed.total_fen, placed.remark,
       (select coalesce(json_agg(json_build_object(
                   'number', line.position, 'shop', shop.public_id, 'product', line.product,
                   'title', line.title, 'title_en', line.title_en, 'options', line.options,
                   'options_en', line.options_en, 'quantity', line.quantity,
                   'price_fen', line.price_fen, 'picture', line.picture)
                   order by line.position), '[]')
          from trade.order_lines as line
         where line.book = placed.book and line.order_id = placed.order_id) as lines,
       (select coalesce(json_agg(json_build_object(
                   'state', step.state, 'at', step.at, 'reason', step.reason,
                   'by', case when step.actor_id = placed.buyer_id then 'buyer' else 'market' end)
                   order by step.number), '[]')
          from trade.order_steps as step
         where step.book = placed.book and step.order_id = placed.order_id) as steps
  from goods.shops as shop
  join trade.orders as placed on placed.book = shop.book and placed.public_id = :order
 where shop.public_id = :shop;

-- my_orders
-- A buyer's orders, newest first, a page at a time.
select placed.order_id, shop.public_id as shop, placed.public_id as order, placed.order_number,
       placed.state, placed.placed_at, placed.total_fen, line.title, line.title_en,
       line.items, line.picture
  from trade.orders as placed
  join goods.shops as shop on shop.book = placed.book
  join lateral (select (array_agg(line.title order by line.position))[1] as title,
                       (array_agg(line.title_en order by line.position))[1] as title_en,
                       (array_agg(line.picture order by line.position))[1] as picture,
                       sum(line.quantity)::integer as items
                  from trade.order_lines as line
                 where line.book = placed.book and line.order_id = placed.order_id) as line on true
 where placed.buyer_id = :buyer_id and placed.order_id < :before
 order by placed.order_id desc
 limit :orders_max::int;
