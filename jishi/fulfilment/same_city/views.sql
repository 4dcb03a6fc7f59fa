-- brought
-- When an order went out, and who brings it, if whoever looks may see the order.
select sent.sent_at, courier.sealed
  from fulfilment.send_outs as sent
  left join fulfilment.couriers as courier
    on courier.book = sent.book and courier.order_id = sent.order_id
 where sent.book = :of_book and sent.order_id = :order_id;

-- queue
-- Orders of a shop that are to be brought, or are on their way, the oldest first, page by page.
select placed.order_id, placed.order_number, placed.state, placed.placed_at, placed.division,
       first.title, first.title_en
  from trade.orders as placed
  join lateral (select line.title, line.title_en from trade.order_lines as line
                 where line.book = :book and line.order_id = placed.order_id
                 order by line.position limit 1) as first on true
 where placed.book = :book and placed.state = :state::text and placed.delivery = 'same_city'
   and placed.order_id > :after
 order by placed.order_id
 limit :orders_max::int;
