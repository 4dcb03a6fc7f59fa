-- order
-- One order by its public id, if whoever looks may see it.
select placed.book, placed.order_id, shop.public_id as shop, shop.name as shop_name,
       shop.name_en as shop_name_en, placed.public_id as order, placed.order_number, placed.state,
       placed.placed_at, placed.pay_until, placed.total_fen, placed.remark,
       placed.goods_fen, placed.discount_fen, placed.freight_fen, placed.delivery,
       placed.purchase_id,
       placed.buyer_id, placed.address_id,
       (select coalesce(json_agg(json_build_object(
                   'number', line.position, 'sku_id', line.sku_id,
                   'shop', shop.public_id, 'product', line.product,
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
         where step.book = placed.book and step.order_id = placed.order_id) as steps,
       array(select distinct change.changed_at from trade.price_changes as change
              where change.book = placed.book and change.order_id = placed.order_id
              order by change.changed_at) as lowered_at,
       array(select change.changed_at from trade.address_changes as change
              where change.book = placed.book and change.order_id = placed.order_id
              order by change.number) as moved_at
  from goods.shops as shop
  join trade.orders as placed on placed.book = shop.book and placed.public_id = :order
 where shop.public_id = :shop;

-- offers
-- SKUs of any shops as they stand, in the order asked for: for carts, and before an order.
select shop.book as of_book, shop.public_id as shop, shop.name as shop_name,
       shop.name_en as shop_name_en, sku.sku_id, product.public_id as product, product.title,
       product.title_en, sku.options, sku.options_en, sku.price_fen, sku.weight_grams,
       product.is_live and sku.is_listed and coalesce(shop.closed_at > now(), true)
           and coalesce(product.on_shelf_at <= now(), true)
           and coalesce(product.on_shelf_until > now(), true) as is_live,
       product.return_class = 'confirmed_exception' as needs_confirmation,
       coalesce((select max(account.balance) from ledger.accounts as account
                  where account.book = sku.book and account.unit = sku.sku_id
                    and account.kind = 'shelf'), 0)::bigint as free,
       picture.digest as picture
  from unnest(:books::bigint[], :sku_ids::bigint[]) with ordinality
    as asked (book, sku_id, position)
  join goods.shops as shop on shop.book = asked.book
  join goods.skus as sku on sku.book = asked.book and sku.sku_id = asked.sku_id
  join goods.products as product
    on product.book = sku.book and product.product_id = sku.product_id
  left join lateral (select image.digest from goods.images as image
                      where image.book = product.book
                        and image.product_id = product.product_id and image.digest is not null
                      order by image.position
                      limit 1) as picture on true
 order by asked.position;

-- cart
-- Somebody's cart, what was put in last first; the rest of what a page shows are offers.
select shop_book, sku_id, quantity, seen_fen, is_chosen
  from trade.cart_lines
 where book = :of_book and holder_id = :holder_id
 order by put_at desc, shop_book, sku_id;

-- held_orders
-- The orders of a purchase that await their payment, as whoever placed them sees them.
select book as of_book, order_id
  from trade.orders
 where purchase_id = :purchase_id and purchase_id <> 0 and state = 'awaiting_payment'
   and buyer_id = (select nullif(current_setting('jishi.person', true), '')::bigint);

-- purchase
-- One purchase by its public id, if whoever looks may see it, with its orders as they stand.
select purchase.purchase_id, purchase.public_id as purchase, purchase.opened_at,
       (select coalesce(json_agg(json_build_object(
                   'book', placed.book, 'order_id', placed.order_id, 'shop', shop.public_id,
                   'shop_name', shop.name, 'shop_name_en', shop.name_en,
                   'order', placed.public_id, 'order_number', placed.order_number,
                   'state', placed.state, 'total_fen', placed.total_fen,
                   'pay_until', placed.pay_until)
                   order by part.position), '[]')
          from trade.purchase_parts as part
          join trade.orders as placed
            on placed.book = part.shop_book and placed.order_id = part.order_id
          join goods.shops as shop on shop.book = placed.book
         where part.book = purchase.book and part.purchase_id = purchase.purchase_id) as orders
  from trade.purchases as purchase
 where purchase.book = :of_book and purchase.public_id = :purchase;

-- together
-- What an order is a part of, if whoever looks may see it, and how many parts are yet to be paid.
select purchase.public_id as purchase,
       (select count(*) from trade.purchase_parts as part
          join trade.orders as placed
            on placed.book = part.shop_book and placed.order_id = part.order_id
         where part.book = purchase.book and part.purchase_id = purchase.purchase_id
           and placed.state = 'awaiting_payment' and placed.total_fen > 0) as unpaid
  from trade.purchases as purchase
 where purchase.book = :of_book and purchase.purchase_id = :purchase_id;
