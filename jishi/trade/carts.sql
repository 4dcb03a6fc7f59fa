-- held
-- The lines of some holders, as they were put in.
select holder_id, shop_book, sku_id, quantity, seen_fen, is_chosen
  from trade.cart_lines
 where book = :book and holder_id = any(:holder_ids::bigint[])
 order by holder_id, put_at, shop_book, sku_id;

-- write
-- Lines as they are now; one that was there keeps its place.
insert into trade.cart_lines (book, holder_id, shop_book, sku_id, quantity, seen_fen, is_chosen,
                              put_at)
select :book, holder_id, shop_book, sku_id, quantity, seen_fen, is_chosen, :now
  from unnest(:holder_ids::bigint[], :shop_books::bigint[], :sku_ids::bigint[],
              :quantities::int[], :seens::bigint[], :choices::boolean[])
    as line (holder_id, shop_book, sku_id, quantity, seen_fen, is_chosen)
    on conflict (book, holder_id, shop_book, sku_id) do update
   set quantity = excluded.quantity, seen_fen = excluded.seen_fen,
       is_chosen = excluded.is_chosen;

-- drop
-- Lines that nobody wants any more.
delete from trade.cart_lines as line
 using unnest(:holder_ids::bigint[], :shop_books::bigint[], :sku_ids::bigint[])
    as gone (holder_id, shop_book, sku_id)
 where line.book = :book and line.holder_id = gone.holder_id
   and line.shop_book = gone.shop_book and line.sku_id = gone.sku_id;
