-- stocks
-- Price and free stock of SKUs, in the store that has the smallest id. The book is locked already.
select distinct on (sku.sku_id)
       sku.sku_id, sku.price_fen, product.is_live and sku.is_listed as is_live,
       account.holder as store_id, account.balance as free, sku.weight_grams
  from unnest(:sku_ids::bigint[]) as asked (sku_id)
  join goods.skus as sku on sku.book = :book and sku.sku_id = asked.sku_id
  join goods.products as product on product.book = :book and product.product_id = sku.product_id
  join ledger.accounts as account
    on account.book = :book and account.unit = sku.sku_id and account.kind = 'shelf'
 order by sku.sku_id, account.holder;
