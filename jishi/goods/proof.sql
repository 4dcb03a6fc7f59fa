-- struck
-- The lowest price since the one that held seven days ago; none when the SKU was not on offer then.
select sku.sku_id, sku.compare_fen,
       case when product.is_live and sku.is_listed
             and product.listed_at <= :now::timestamptz - interval '7 days'
            then (select min(price.price_fen) from goods.prices as price
                   where price.book = :book and price.sku_id = sku.sku_id
                     and price.number >= (
                         select max(first.number) from goods.prices as first
                          where first.book = :book and first.sku_id = sku.sku_id
                            and first.changed_at + interval '7 days' <= :now)) end as lowest_fen
  from unnest(:sku_ids::bigint[]) as asked (sku_id)
  join goods.skus as sku on sku.book = :book and sku.sku_id = asked.sku_id
  join goods.products as product on product.book = :book and product.product_id = sku.product_id;
