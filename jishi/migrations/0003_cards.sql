-- What a list shows of a product: its prices, what is free, its first picture.
create view goods.cards with (security_invoker) as
select product.book, product.category_id, product.product_id, shop.public_id as shop,
       product.public_id as product, product.title, product.title_en, offer.price_fen,
       offer.price_max_fen, offer.compare_fen, image.digest as picture,
       coalesce(image.alt, '') as alt, coalesce(image.alt_en, '') as alt_en, offer.free
  from goods.products as product
  join goods.shops as shop on shop.book = product.book
  join lateral (select min(sku.price_fen) as price_fen, max(sku.price_fen) as price_max_fen,
                       case when count(*) = 1 then max(sku.compare_fen) end as compare_fen,
                       coalesce(sum(account.balance), 0)::bigint as free
                  from goods.skus as sku
                  left join ledger.accounts as account
                    on account.book = sku.book and account.unit = sku.sku_id
                   and account.kind = 'shelf'
                 where sku.book = product.book and sku.product_id = product.product_id
                   and sku.is_listed) as offer on offer.price_fen is not null
  left join lateral (select shown.digest, shown.alt, shown.alt_en
                       from goods.images as shown
                      where shown.book = product.book and shown.product_id = product.product_id
                      order by shown.digest is null, shown.position
                      limit 1) as image on true
 where product.is_live;

grant select on goods.cards to jishi_app, jishi_verifier;
