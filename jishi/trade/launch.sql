-- launch
-- What a shop has ready before it opens.
select (select count(*) from goods.products as product
         where product.book = :book and product.is_live
           and exists (select from goods.skus as sku
                         join ledger.accounts as account
                           on account.book = sku.book and account.unit = sku.sku_id
                          and account.kind = 'shelf' and account.balance > 0
                        where sku.book = product.book and sku.product_id = product.product_id
                          and sku.is_listed)) as products,
       coalesce((select product.public_id from goods.products as product
                  where product.book = :book and product.is_live
                  order by product.product_id limit 1), '') as product,
       exists (select from trade.order_steps as step
                where step.book = :book and step.state = 'paid') as was_paid;
