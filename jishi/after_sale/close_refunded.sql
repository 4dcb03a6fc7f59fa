-- read
select placed.order_id, placed.state, bought.units as bought, back.units as refunded
  from trade.orders as placed
  join lateral (select coalesce(sum(line.quantity), 0)::bigint as units
                  from trade.order_lines as line
                 where line.book = :book and line.order_id = placed.order_id) as bought on true
  join lateral (select coalesce(sum(wanted.quantity), 0)::bigint as units
                  from after_sale.cases as wanted
                 where wanted.book = :book and wanted.order_id = placed.order_id
                   and wanted.state = 'done' and not wanted.is_replaced) as back on true
 where placed.book = :book and placed.order_id = any(:order_ids::bigint[]);
