-- cards
-- Live products of all shops, newest first, a page at a time.
select product_id, shop, product, title, title_en, price_fen, price_max_fen, compare_fen, picture,
       alt, alt_en, free
  from goods.cards
 where product_id < :before
 order by product_id desc
 limit :cards_max::int;

-- category_cards
-- Live products of one category, newest first, a page at a time.
select product_id, shop, product, title, title_en, price_fen, price_max_fen, compare_fen, picture,
       alt, alt_en, free
  from goods.cards
 where book = :of_book and category_id = :category_id and product_id < :before
 order by product_id desc
 limit :cards_max::int;

-- categories
-- Categories that have something to show.
select shop.public_id as shop, category.public_id as category, category.title, category.title_en,
       live.products
  from goods.categories as category
  join goods.shops as shop
    on shop.book = category.book and shop.is_listed
   and (shop.closed_at is null or shop.closed_at > now())
  join lateral (select count(*) as products from goods.products as product
                 where product.book = category.book
                   and product.category_id = category.category_id
                   and product.is_live
                   and (product.on_shelf_at is null or product.on_shelf_at <= now())
                   and (product.on_shelf_until is null or product.on_shelf_until > now())) as live
    on live.products > 0
 order by category.book, category.category_id
 limit :categories_max::int;

-- category
select shop.book, category.category_id, shop.public_id as shop, shop.name as shop_name,
       shop.name_en as shop_name_en, category.public_id as category, category.title,
       category.title_en
  from goods.shops as shop
  join goods.categories as category
    on category.book = shop.book and category.public_id = :category
 where shop.public_id = :shop;

-- product
-- All of a product's page in one journey.
select shop.book, product.product_id, shop.public_id as shop, shop.name as shop_name,
       shop.name_en as shop_name_en, product.public_id as product, product.title,
       product.title_en, product.body_html, product.body_html_en,
       category.public_id as category, coalesce(category.title, '') as category_title,
       coalesce(category.title_en, '') as category_title_en, product.vendor,
       product.option_names, product.option_names_en,
       product.is_live and coalesce(shop.closed_at > now(), true)
           and coalesce(product.on_shelf_at <= now(), true)
           and coalesce(product.on_shelf_until > now(), true) as is_live,
       case when product.is_live and product.on_shelf_at > now() then product.on_shelf_at end
           as on_shelf_at,
       case when product.is_live then product.on_shelf_until end as on_shelf_until,
       product.return_class, product.return_ground, product.person_max,
       (select coalesce(json_agg(json_build_object(
                   'sku_id', sku.sku_id, 'code', sku.code, 'options', sku.options,
                   'options_en', sku.options_en, 'price_fen', sku.price_fen,
                   'compare_fen', sku.compare_fen,
                   'free', (select coalesce(max(account.balance), 0)
                              from ledger.accounts as account
                             where account.book = sku.book and account.unit = sku.sku_id
                               and account.kind = 'shelf')) order by sku.position), '[]')
          from goods.skus as sku
         where sku.book = product.book and sku.product_id = product.product_id
           and sku.is_listed) as skus,
       (select coalesce(json_agg(json_build_object(
                   'digest', image.digest, 'alt', image.alt, 'alt_en', image.alt_en)
                   order by image.position), '[]')
          from goods.images as image
         where image.book = product.book and image.product_id = product.product_id) as pictures
  from goods.shops as shop
  join goods.products as product
    on product.book = shop.book and product.public_id = :product
  left join goods.categories as category
    on category.book = product.book and category.category_id = product.category_id
 where shop.public_id = :shop;

-- picture_file
select media_type, bytes from goods.pictures where digest = :digest;

-- rendition
-- A picture in the smallest width that is wide enough, or as large as it is.
select media_type, bytes
  from (select 'image/webp' as media_type, rendition.bytes, rendition.width
          from goods.renditions as rendition
         where rendition.digest = :digest and rendition.width >= :width::int
         union all
        select picture.media_type, picture.bytes, 2147483647
          from goods.pictures as picture
         where picture.digest = :digest) as fit
 order by fit.width
 limit 1;

-- shops
-- Every shop, oldest first.
select book, public_id as shop, name, name_en, closed_at, is_listed
  from goods.shops
 order by opened_at, book
 limit :shops_max::int;

-- waiting_images
-- Pictures of a shop that its list names and nobody has uploaded yet, newest products first.
select product.handle, image.source
  from goods.images as image
  join goods.products as product
    on product.book = image.book and product.product_id = image.product_id
 where image.book = :of_book and image.digest is null
 order by image.product_id desc, image.position
 limit :images_max::int;

-- shop_of_book
select book, public_id as shop, name, name_en, closed_at, is_listed
  from goods.shops
 where book = :of_book;

-- shops_after
-- Every shop by its book's number, a page at a time.
select book, public_id as shop, name, name_en, closed_at, is_listed
  from goods.shops
 where book > :after
 order by book
 limit :shops_max::int;

-- licence
-- Who stands behind a shop, or behind the market, as it was stated last.
select legal_name, registration, exemption, address, phone, mail, filing, stated_at
  from goods.licences
 where book = :of_book
 order by number desc
 limit 1;

-- shop_named
select book, public_id as shop, name, name_en, closed_at, is_listed
  from goods.shops
 where public_id = :shop;
