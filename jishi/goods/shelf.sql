-- stocks
-- Price and free stock of SKUs in every store. The book is locked already.
select sku.sku_id, sku.price_fen,
       product.is_live and sku.is_listed and coalesce(shop.closed_at > :now, true)
           and coalesce(product.on_shelf_at <= :now, true)
           and coalesce(product.on_shelf_until > :now, true) as is_live,
       account.holder as store_id, account.balance as free, sku.weight_grams,
       product.product_id, product.person_max,
       product.return_class = 'confirmed_exception' as needs_confirmation
  from unnest(:sku_ids::bigint[]) as asked (sku_id)
  join goods.skus as sku on sku.book = :book and sku.sku_id = asked.sku_id
  join goods.products as product on product.book = :book and product.product_id = sku.product_id
  join goods.shops as shop on shop.book = :book
  join ledger.accounts as account
    on account.book = :book and account.unit = sku.sku_id and account.kind = 'shelf'
 order by sku.sku_id, account.holder;
