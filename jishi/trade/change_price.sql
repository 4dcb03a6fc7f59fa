-- read_costs
-- What the freight (position 0) and each line of these orders cost.
select order_id, 0 as position, freight_fen as fen
  from trade.orders
 where book = :book and order_id = any(:order_ids::bigint[])
 union all
select order_id, position, paid_fen as fen
  from trade.order_lines
 where book = :book and order_id = any(:order_ids::bigint[])
 order by order_id, position;

-- write
-- Each change is kept; a line costs what it was changed to last.
with kept as (
    insert into trade.price_changes (book, order_id, number, position, from_fen, to_fen, staff_id,
                                     changed_at)
    select :book, order_id, number, position, from_fen, to_fen, staff_id, :now
      from unnest(:order_ids::bigint[], :numbers::bigint[], :positions::integer[],
                  :froms::bigint[], :tos::bigint[], :staff_ids::bigint[])
        as changed (order_id, number, position, from_fen, to_fen, staff_id)
)
update trade.order_lines as line
   set paid_fen = last.to_fen
  from (select distinct on (order_id, position) order_id, position, to_fen
          from unnest(:order_ids::bigint[], :numbers::bigint[], :positions::integer[],
                      :tos::bigint[]) as changed (order_id, number, position, to_fen)
         order by order_id, position, number desc) as last
 where line.book = :book and line.order_id = last.order_id and line.position = last.position;

-- write_orders
-- The orders cost so much now, and wait for their money until then.
update trade.orders as placed
   set freight_fen = last.freight_fen, total_fen = last.total_fen, pay_until = last.pay_until,
       discount_fen = placed.goods_fen - (last.total_fen - last.freight_fen)
  from unnest(:order_ids::bigint[], :freights::bigint[], :totals::bigint[],
              :pay_untils::timestamptz[]) as last (order_id, freight_fen, total_fen, pay_until)
 where placed.book = :book and placed.order_id = last.order_id;
