-- write
with written as (
    insert into goods.prices (book, sku_id, number, changed_at, price_fen, compare_fen)
    select :book, sku_id, number, :now, price_fen, compare_fen
      from unnest(:sku_ids::bigint[], :numbers::bigint[], :prices::bigint[], :compares::bigint[])
        as price (sku_id, number, price_fen, compare_fen)
)
update goods.skus as sku
   set price_fen = price.price_fen, compare_fen = price.compare_fen
  from unnest(:last_ids::bigint[], :last_prices::bigint[], :last_compares::bigint[])
    as price (sku_id, price_fen, compare_fen)
 where sku.book = :book and sku.sku_id = price.sku_id;
