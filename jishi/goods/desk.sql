-- rows
-- Products of a shop on one of its lists, newest first, a page at a time.
select product.product_id, product.handle, product.title, product.title_en,
       case when product.is_live then 'live' when product.is_archived then 'archived'
            else 'draft' end as state,
       offer.price_fen, offer.price_max_fen, offer.free, offer.few, image.digest as picture
  from goods.products as product
  join lateral (select coalesce(min(sku.price_fen), 0) as price_fen,
                       coalesce(max(sku.price_fen), 0) as price_max_fen,
                       coalesce(sum(shelf.free), 0)::bigint as free,
                       count(*) filter (where shelf.free <= sku.low_stock) as few
                  from goods.skus as sku
                  join lateral (select coalesce(sum(account.balance), 0)::bigint as free
                                  from ledger.accounts as account
                                 where account.book = sku.book and account.unit = sku.sku_id
                                   and account.kind = 'shelf') as shelf on true
                 where sku.book = product.book and sku.product_id = product.product_id
                   and sku.is_listed) as offer on true
  left join lateral (select shown.digest from goods.images as shown
                      where shown.book = product.book and shown.product_id = product.product_id
                        and shown.digest is not null
                      order by shown.position limit 1) as image on true
 where product.book = :book and product.product_id < :before::bigint
   and case :tab::text
            when 'live' then product.is_live
            when 'draft' then not product.is_live and not product.is_archived
            when 'archived' then product.is_archived
            when 'low' then product.is_live and offer.few > 0
            else product.is_live and offer.free <= 0 end
   and (:pattern::text = '' or product.title ilike :pattern or product.title_en ilike :pattern
        or product.handle ilike :pattern
        or exists (select from goods.skus as sku
                    where sku.book = product.book and sku.product_id = product.product_id
                      and sku.is_listed and sku.code ilike :pattern))
 order by product.product_id desc
 limit :rows_max::int;

-- counts
-- How many products of a shop stand on each list.
select count(*) filter (where product.is_live) as live,
       count(*) filter (where not product.is_live and not product.is_archived) as draft,
       count(*) filter (where product.is_archived) as archived,
       count(*) filter (where product.is_live and offer.few > 0) as low,
       count(*) filter (where product.is_live and offer.free <= 0) as sold_out
  from goods.products as product
  join lateral (select coalesce(sum(shelf.free), 0)::bigint as free,
                       count(*) filter (where shelf.free <= sku.low_stock) as few
                  from goods.skus as sku
                  join lateral (select coalesce(sum(account.balance), 0)::bigint as free
                                  from ledger.accounts as account
                                 where account.book = sku.book and account.unit = sku.sku_id
                                   and account.kind = 'shelf') as shelf on true
                 where sku.book = product.book and sku.product_id = product.product_id
                   and sku.is_listed) as offer on true
 where product.book = :book;

-- form
-- A product as its form shows it.
select product.product_id, shop.public_id as shop, product.public_id as product, product.handle,
       product.title, product.title_en, product.body_html, product.body_html_en, product.vendor,
       coalesce(category.title, '') as category, product.tags, product.option_names,
       product.option_names_en,
       case when product.is_live then 'live' when product.is_archived then 'archived'
            else 'draft' end as state,
       product.on_shelf_at, product.on_shelf_until, product.return_class, product.return_ground,
       product.person_max,
       greatest(product.revision, (select max(price.number)
                                     from goods.skus as sku
                                     join goods.prices as price
                                       on price.book = sku.book and price.sku_id = sku.sku_id
                                    where sku.book = product.book
                                      and sku.product_id = product.product_id)) as revision,
       (select coalesce(json_agg(json_build_object(
                   'sku_id', sku.sku_id, 'code', sku.code, 'options', sku.options,
                   'options_en', sku.options_en, 'price_fen', sku.price_fen,
                   'compare_fen', sku.compare_fen, 'weight_grams', sku.weight_grams,
                   'low_stock', sku.low_stock,
                   'free', (select coalesce(sum(account.balance), 0)::bigint
                              from ledger.accounts as account
                             where account.book = sku.book and account.unit = sku.sku_id
                               and account.kind = 'shelf'),
                   'reserved', (select coalesce(sum(account.balance), 0)::bigint
                                  from ledger.accounts as account
                                 where account.book = sku.book and account.unit = sku.sku_id
                                   and account.kind = 'reserved'))
                   order by sku.position), '[]')
          from goods.skus as sku
         where sku.book = product.book and sku.product_id = product.product_id
           and sku.is_listed) as skus,
       (select coalesce(json_agg(json_build_object(
                   'source', image.source, 'alt', image.alt, 'alt_en', image.alt_en,
                   'digest', image.digest) order by image.position), '[]')
          from goods.images as image
         where image.book = product.book and image.product_id = product.product_id) as images
  from goods.products as product
  join goods.shops as shop on shop.book = product.book
  left join goods.categories as category
    on category.book = product.book and category.category_id = product.category_id
 where product.book = :book and product.product_id = :product_id;

-- categories
-- The categories of a shop by their titles.
select title, title_en from goods.categories where book = :book order by title
 limit :categories_max::int;

-- stock
-- A SKU with what lies in each store.
select sku.sku_id, sku.product_id, product.title, product.title_en, sku.code, sku.options,
       sku.low_stock,
       (select coalesce(json_agg(json_build_object(
                   'store_id', store.store_id, 'name', store.name,
                   'free', (select coalesce(sum(account.balance), 0)::bigint
                              from ledger.accounts as account
                             where account.book = sku.book and account.unit = sku.sku_id
                               and account.kind = 'shelf' and account.holder = store.store_id),
                   'reserved', (select coalesce(sum(account.balance), 0)::bigint
                                  from ledger.accounts as account
                                 where account.book = sku.book and account.unit = sku.sku_id
                                   and account.kind = 'reserved'
                                   and account.holder = store.store_id))
                   order by store.store_id), '[]')
          from goods.stores as store
         where store.book = sku.book) as stores
  from goods.skus as sku
  join goods.products as product
    on product.book = sku.book and product.product_id = sku.product_id
 where sku.book = :book and sku.sku_id = :sku_id;

-- moves
-- What came to the shelves of a SKU, and what left them, newest first, a page at a time.
select move.number, move.position, event.at,
       case when move.taker_kind = 'shelf' then move.amount else -move.amount end as quantity,
       case when move.taker_kind = 'shelf' then move.taker else move.giver end as store_id,
       case when move.taker_kind = 'shelf' and move.giver_kind = 'shelf' then move.giver else 0 end
           as from_store_id,
       move.reason, event.actor_id
  from ledger.transfers as move
  join kernel.events as event on event.book = move.book and event.number = move.number
 where move.book = :book and move.unit = :sku_id
   and (move.taker_kind = 'shelf' or move.giver_kind = 'shelf')
   and move.number < :before::bigint
 order by move.number desc, move.position desc
 limit :moves_max::int;

-- price_history
-- The prices of a SKU, newest first, a page at a time.
select price.number, price.changed_at, price.price_fen, price.compare_fen, event.actor_id
  from goods.prices as price
  join kernel.events as event on event.book = price.book and event.number = price.number
 where price.book = :book and price.sku_id = :sku_id and price.number < :before::bigint
 order by price.number desc
 limit :prices_max::int;
