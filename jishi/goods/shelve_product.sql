-- known
-- What these products have of what a live one needs.
select product.product_id,
       exists (select from goods.skus as sku
                where sku.book = :book and sku.product_id = product.product_id
                  and sku.is_listed) as has_sku,
       product.category_id is not null as has_category,
       exists (select from goods.images as image
                where image.book = :book and image.product_id = product.product_id
                  and image.digest is not null) as has_picture
  from goods.products as product
 where product.book = :book and product.product_id = any(:product_ids::bigint[]);

-- write
update goods.products as product
   set is_live = shelved.state = 'live', is_archived = shelved.state = 'archived',
       revision = shelved.number,
       listed_at = case when product.is_live then product.listed_at else :now end
  from unnest(:product_ids::bigint[], :numbers::bigint[], :states::text[])
    as shelved (product_id, number, state)
 where product.book = :book and product.product_id = shelved.product_id;
