-- known
-- Shops with one of these books or addresses; a book that is not a shop's is in use too.
select book.book, coalesce(shop.public_id, '') as public_id
  from kernel.books as book
  left join goods.shops as shop on shop.book = book.book
 where book.book = any(:books::bigint[]) or shop.public_id = any(:public_ids::text[]);

-- write
with opened as (
    insert into goods.shops (book, public_id, name, name_en, opened_at)
    select book, public_id, name, name_en, :now
      from unnest(:books::bigint[], :public_ids::text[], :names::text[], :names_en::text[])
        as opened (book, public_id, name, name_en)
    returning book
)
insert into goods.stores (book, store_id, name, name_en)
select store.book, store.store_id, store.name, store.name_en
  from unnest(:books::bigint[], :store_ids::bigint[], :store_names::text[], :store_names_en::text[])
    as store (book, store_id, name, name_en)
  join opened on opened.book = store.book;
