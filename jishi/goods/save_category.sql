-- known
select category_id, title, coalesce(parent_id, 0) as parent_id
  from goods.categories
 where book = :book;

-- write
-- New categories, and those that are called or lie otherwise now.
insert into goods.categories (book, category_id, public_id, title, title_en, parent_id)
select :book, category_id, public_id, title, title_en, parent_id
  from unnest(:category_ids::bigint[], :public_ids::text[], :titles::text[], :titles_en::text[],
              :parent_ids::bigint[])
    as category (category_id, public_id, title, title_en, parent_id)
on conflict (book, category_id) do update
   set title = excluded.title, title_en = excluded.title_en, parent_id = excluded.parent_id;
