-- orders
-- Orders of a book as their buyers are told of them: by the first of their goods.
select placed.order_id, placed.buyer_id, placed.order_number, placed.public_id as order,
       shop.public_id as shop, line.title, placed.total_fen
  from trade.orders as placed
  join goods.shops as shop on shop.book = placed.book
  join lateral (select each.title from trade.order_lines as each
                 where each.book = placed.book and each.order_id = placed.order_id
                 order by each.position
                 limit 1) as line on true
 where placed.book = :of_book and placed.order_id = any(:order_ids::bigint[]);
