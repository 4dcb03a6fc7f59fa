-- products
select product.product_id, product.handle, product.title, product.title_en, product.body_html,
       product.body_html_en, product.vendor, coalesce(category.title, '') as category,
       coalesce(category.title_en, '') as category_en, product.tags,
       case when product.is_live then 'live' when product.is_archived then 'archived'
            else 'draft' end as state,
       product.on_shelf_at, product.on_shelf_until, product.return_class, product.return_ground,
       product.person_max, product.option_names, product.option_names_en,
       (select coalesce(json_agg(json_build_object(
                   'code', sku.code, 'options', sku.options, 'options_en', sku.options_en,
                   'price_fen', sku.price_fen, 'compare_fen', sku.compare_fen,
                   'on_hand', (select coalesce(sum(account.balance), 0)::bigint
                                 from ledger.accounts as account
                                where account.book = sku.book and account.unit = sku.sku_id
                                  and account.kind in ('shelf', 'reserved')),
                   'weight_grams', sku.weight_grams, 'low_stock', sku.low_stock)
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
  left join goods.categories as category
    on category.book = product.book and category.category_id = product.category_id
 where product.book = :book and product.product_id > :after::bigint
 order by product.product_id
 limit :products_max::int;
