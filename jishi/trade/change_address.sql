-- read
-- Orders, where they go, and the pieces, grams and fen by which their freight is reckoned.
select placed.order_id, placed.buyer_id, placed.state, placed.delivery, placed.address_id,
       placed.division, placed.freight_fen, placed.goods_fen - placed.discount_fen as left_fen,
       coalesce(line.pieces, 0)::bigint as pieces, coalesce(line.grams, 0)::bigint as grams
  from trade.orders as placed
  left join lateral (select sum(line.quantity) as pieces,
                            sum(line.quantity * sku.weight_grams) as grams
                       from trade.order_lines as line
                       join goods.skus as sku on sku.book = :book and sku.sku_id = line.sku_id
                      where line.book = :book and line.order_id = placed.order_id) as line on true
 where placed.book = :book and placed.order_id = any(:order_ids::bigint[]);

-- write
-- Each change is kept; the order goes where it was changed to last.
with kept as (
    insert into trade.address_changes (book, order_id, number, from_id, to_id, actor_id, changed_at)
    select :book, order_id, number, from_id, to_id, actor_id, :now
      from unnest(:order_ids::bigint[], :numbers::bigint[], :froms::bigint[], :tos::bigint[],
                  :actor_ids::bigint[])
        as changed (order_id, number, from_id, to_id, actor_id)
)
update trade.orders as placed
   set address_id = last.to_id, division = last.division
  from (select distinct on (order_id) order_id, to_id, division
          from unnest(:order_ids::bigint[], :numbers::bigint[], :tos::bigint[],
                      :divisions::text[]) as changed (order_id, number, to_id, division)
         order by order_id, number desc) as last
 where placed.book = :book and placed.order_id = last.order_id;
