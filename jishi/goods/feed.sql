-- products
-- A shop's products, newest first, a page at a time.
select product.product_id, product.public_id as product, product.handle, product.title,
       product.title_en, product.vendor, product.tags, product.is_live, product.listed_at,
       (select coalesce(json_agg(json_build_object(
                   'code', sku.code, 'options', sku.options, 'price_fen', sku.price_fen,
                   'compare_fen', sku.compare_fen,
                   'free', (select coalesce(sum(account.balance), 0)::bigint
                              from ledger.accounts as account
                             where account.book = sku.book and account.unit = sku.sku_id
                               and account.kind = 'shelf')) order by sku.position), '[]')
          from goods.skus as sku
         where sku.book = product.book and sku.product_id = product.product_id
           and sku.is_listed) as skus
  from goods.products as product
 where product.book = :book and product.product_id < :before
 order by product.product_id desc
 limit :products_max::int;

-- product
-- One product of a shop by its public id.
select product.product_id, product.public_id as product, product.handle, product.title,
       product.title_en, product.vendor, product.tags, product.is_live, product.listed_at,
       (select coalesce(json_agg(json_build_object(
                   'code', sku.code, 'options', sku.options, 'price_fen', sku.price_fen,
                   'compare_fen', sku.compare_fen,
                   'free', (select coalesce(sum(account.balance), 0)::bigint
                              from ledger.accounts as account
                             where account.book = sku.book and account.unit = sku.sku_id
                               and account.kind = 'shelf')) order by sku.position), '[]')
          from goods.skus as sku
         where sku.book = product.book and sku.product_id = product.product_id
           and sku.is_listed) as skus
  from goods.products as product
 where product.book = :book and product.public_id = :product;

-- sku_by_code
-- The listed SKU of a shop that the merchant calls so.
select sku_id from goods.skus where book = :book and code = :code and is_listed;

-- shop
select public_id as shop, name, name_en from goods.shops where book = :book;

-- codes
select sku_id, code from goods.skus where book = :book and sku_id = any(:sku_ids::bigint[]);
