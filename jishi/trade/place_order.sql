-- taken
-- Order ids that are in use already.
select order_id
  from trade.orders
 where book = :book and order_id = any(:order_ids::bigint[]);

-- bought
-- How many pieces of limited products these buyers have ordered, without what was given up.
select placed.buyer_id, sku.product_id, sum(line.quantity)::bigint as pieces
  from trade.orders as placed
  join trade.order_lines as line on line.book = :book and line.order_id = placed.order_id
  join goods.skus as sku on sku.book = :book and sku.sku_id = line.sku_id
 where placed.book = :book and placed.buyer_id = any(:buyer_ids::bigint[])
   and placed.state not in ('closing', 'closed')
   and sku.product_id = any(:product_ids::bigint[])
 group by placed.buyer_id, sku.product_id;

-- write
-- Orders, the step that each began with, and their lines as they are called and priced now.
with placed as (
    insert into trade.orders (book, order_id, public_id, order_number, buyer_id, state, goods_fen,
                              discount_fen, freight_fen, total_fen, remark, placed_at, pay_until,
                              delivery, address_id, division, store_id, purchase_id)
    select :book, order_id, public_id, order_number, buyer_id, 'awaiting_payment', goods_fen,
           discount_fen, freight_fen, total_fen, remark, :now, pay_until, delivery, address_id,
           division, store_id, purchase_id
      from unnest(:order_ids::bigint[], :public_ids::text[], :order_numbers::text[],
                  :buyer_ids::bigint[], :goods::bigint[], :discounts::bigint[],
                  :freights::bigint[], :totals::bigint[], :remarks::text[],
                  :pay_untils::timestamptz[], :deliveries::text[], :address_ids::bigint[],
                  :divisions::text[], :of_stores::bigint[], :purchase_ids::bigint[])
        as placed (order_id, public_id, order_number, buyer_id, goods_fen, discount_fen,
                   freight_fen, total_fen, remark, pay_until, delivery, address_id, division,
                   store_id, purchase_id)
), stepped as (
    insert into trade.order_steps (book, order_id, number, state, at, actor_id, reason)
    select :book, order_id, number, 'awaiting_payment', :now, actor_id, 'order_placed'
      from unnest(:order_ids::bigint[], :numbers::bigint[], :buyer_ids::bigint[])
        as stepped (order_id, number, actor_id)
)
insert into trade.order_lines (book, order_id, position, sku_id, store_id, quantity, price_fen,
                               paid_fen, product, title, title_en, options, options_en, picture)
select :book, line.order_id, line.position, line.sku_id, line.store_id, line.quantity,
       line.price_fen, line.paid_fen, product.public_id, product.title, product.title_en,
       sku.options, sku.options_en, picture.digest
  from unnest(:of_orders::bigint[], :positions::int[], :sku_ids::bigint[], :store_ids::bigint[],
              :quantities::int[], :prices::bigint[], :shares::bigint[])
    as line (order_id, position, sku_id, store_id, quantity, price_fen, paid_fen)
  join goods.skus as sku on sku.book = :book and sku.sku_id = line.sku_id
  join goods.products as product
    on product.book = :book and product.product_id = sku.product_id
  left join lateral (select image.digest from goods.images as image
                      where image.book = :book and image.product_id = product.product_id
                        and image.digest is not null
                      order by image.position limit 1) as picture on true;
