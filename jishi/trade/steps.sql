-- read_orders
select placed.order_id, placed.order_number, placed.buyer_id, placed.state, placed.total_fen,
       placed.pay_until, coalesce(attempt.attempt_id, 0) as attempt_id, attempt.combined
  from trade.orders as placed
  left join money.attempts as attempt
    on attempt.book = :book and attempt.order_id = placed.order_id and attempt.state = 'open'
 where placed.book = :book and placed.order_id = any(:order_ids::bigint[]);

-- read_lines
select order_id, sku_id, store_id, quantity
  from trade.order_lines
 where book = :book and order_id = any(:order_ids::bigint[])
 order by order_id, position;

-- write
-- The orders stand in another state; each step is kept.
with stepped as (
    insert into trade.order_steps (book, order_id, number, state, at, actor_id, reason)
    select :book, order_id, number, :state::text, :now, actor_id, :reason::text
      from unnest(:order_ids::bigint[], :numbers::bigint[], :actor_ids::bigint[])
        as stepped (order_id, number, actor_id)
)
update trade.orders as placed
   set state = :state::text
  from unnest(:order_ids::bigint[]) as moved (order_id)
 where placed.book = :book and placed.order_id = moved.order_id;
