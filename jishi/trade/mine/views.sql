-- orders
-- A buyer's orders in some states, or in any, newest first, a page at a time.
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
   and (:states::text[] = '{}' or placed.state = any(:states::text[]))
 order by placed.order_id desc
 limit :orders_max::int;

-- counts
-- How many of a buyer's orders wait for money, for the shop, for himself.
select count(*) filter (where state = 'awaiting_payment') as to_pay,
       count(*) filter (where state in ('paid', 'partly_shipped')) as to_ship,
       count(*) filter (where state in ('shipped', 'ready_for_pickup')) as to_receive
  from trade.orders
 where buyer_id = :buyer_id
   and state in ('awaiting_payment', 'paid', 'partly_shipped', 'shipped', 'ready_for_pickup');

-- open_orders
-- Orders of a buyer that are not at their end: a few, to be named.
select shop.public_id as shop, placed.public_id as order, placed.order_number, placed.state
  from trade.orders as placed
  join goods.shops as shop on shop.book = placed.book
 where placed.buyer_id = :buyer_id and placed.state <> all(array['closed', 'completed'])
 order by placed.order_id desc
 limit :orders_max::int;

-- remarked_books
select distinct book as of_book
  from trade.orders
 where buyer_id = :buyer_id and remark <> '';

-- own_orders
-- All that is kept of a buyer's orders, newest first, a page at a time.
select placed.order_id, shop.name as shop_name, placed.order_number, placed.state,
       placed.placed_at, placed.goods_fen, placed.discount_fen, placed.freight_fen,
       placed.total_fen, placed.remark, placed.delivery, placed.address_id,
       (select coalesce(json_agg(json_build_object(
                   'title', line.title, 'options', line.options, 'quantity', line.quantity,
                   'price_fen', line.price_fen, 'paid_fen', line.paid_fen)
                   order by line.position), '[]')
          from trade.order_lines as line
         where line.book = placed.book and line.order_id = placed.order_id) as lines,
       (select coalesce(json_agg(json_build_object(
                   'state', step.state, 'at', step.at, 'reason', step.reason)
                   order by step.number), '[]')
          from trade.order_steps as step
         where step.book = placed.book and step.order_id = placed.order_id) as steps
  from trade.orders as placed
  join goods.shops as shop on shop.book = placed.book
 where placed.buyer_id = :buyer_id and placed.order_id < :before
 order by placed.order_id desc
 limit :orders_max::int;
