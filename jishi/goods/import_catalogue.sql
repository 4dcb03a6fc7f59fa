-- products
-- Lists are joined, not searched by `= any`: a plan kept for any list would search it row by row.
select product.product_id, product.handle, product.title, product.title_en, product.body_html,
       product.body_html_en, coalesce(category.title, '') as category, product.vendor,
       product.tags, product.option_names, product.option_names_en, product.is_live
  from goods.products as product
  left join goods.categories as category
    on category.book = :book and category.category_id = product.category_id
 where product.book = :book
   and product.handle in (select handle from unnest(:handles::text[]) as asked (handle));

-- skus
-- SKUs of the products on the list, and of others that use a code of the list.
with known as (
    select sku.sku_id
      from goods.skus as sku
      join goods.products as product
        on product.book = :book and product.product_id = sku.product_id
     where sku.book = :book
       and product.handle in (select handle from unnest(:handles::text[]) as asked (handle))
     union
    select sku_id
      from goods.skus
     where book = :book and is_listed
       and code in (select code from unnest(:codes::text[]) as asked (code))
)
select sku.sku_id, sku.product_id, product.handle, sku.code, sku.options, sku.options_en,
       sku.price_fen, sku.compare_fen, sku.position, sku.is_listed,
       coalesce((select sum(account.balance) from ledger.accounts as account
                  where account.book = :book and account.unit = sku.sku_id
                    and account.kind = 'shelf'), 0)::bigint as free,
       coalesce((select sum(account.balance) from ledger.accounts as account
                  where account.book = :book and account.unit = sku.sku_id
                    and account.kind = 'reserved'), 0)::bigint as reserved
  from known
  join goods.skus as sku on sku.book = :book and sku.sku_id = known.sku_id
  join goods.products as product
    on product.book = :book and product.product_id = sku.product_id
 order by sku.product_id, sku.is_listed, sku.position;

-- images
-- Images of the products on the list, and uploaded ones of others that the list shows too.
select image.product_id, image.position, image.source, image.alt, image.alt_en, image.digest
  from goods.images as image
  join goods.products as product
    on product.book = :book and product.product_id = image.product_id
 where image.book = :book
   and (product.handle in (select handle from unnest(:handles::text[]) as asked (handle))
        or image.digest is not null
       and image.source in (select source from unnest(:sources::text[]) as asked (source)))
 order by image.product_id, image.position;

-- categories
select category_id, title, title_en from goods.categories where book = :book;

-- stores
select store_id from goods.stores where book = :book order by store_id limit 1;

-- write_categories
-- New categories, and those that have another English title now.
insert into goods.categories (book, category_id, public_id, title, title_en)
select :book, category_id, public_id, title, title_en
  from unnest(:category_ids::bigint[], :public_ids::text[], :titles::text[], :titles_en::text[])
    as category (category_id, public_id, title, title_en)
on conflict (book, category_id) do update set title_en = excluded.title_en;

-- write_products
-- New products, and changed ones, which keep their ids and addresses.
with row as (
    select row.product_id, row.public_id, row.category_id, row.listed
      from jsonb_to_recordset(:rows::text::jsonb)
        as row (product_id bigint, public_id text, category_id bigint, listed jsonb)
)
insert into goods.products as product (
       book, product_id, public_id, handle, title, title_en, body_html, body_html_en, category_id,
       vendor, tags, option_names, option_names_en, is_live, listed_at)
select :book, row.product_id, row.public_id, listed.handle, listed.title, listed.title_en,
       listed.body_html, listed.body_html_en, row.category_id, listed.vendor, listed.tags,
       listed.option_names, listed.option_names_en, listed.is_live, :now
  from row, jsonb_to_record(row.listed)
    as listed (handle text, title text, title_en text, body_html text, body_html_en text,
               vendor text, tags text[], option_names text[], option_names_en text[],
               is_live boolean)
on conflict (book, product_id) do update
   set title = excluded.title, title_en = excluded.title_en, body_html = excluded.body_html,
       body_html_en = excluded.body_html_en, category_id = excluded.category_id,
       vendor = excluded.vendor, tags = excluded.tags, option_names = excluded.option_names,
       option_names_en = excluded.option_names_en, is_live = excluded.is_live;

-- delist
-- SKUs that the list leaves out, and those about to be written: two of them may swap their codes.
update goods.skus
   set is_listed = false
 where book = :book
   and sku_id in (select sku_id from unnest(:sku_ids::bigint[]) as gone (sku_id));

-- write_skus
with row as (
    select row.sku_id, row.product_id, row.position, row.listed
      from jsonb_to_recordset(:rows::text::jsonb)
        as row (sku_id bigint, product_id bigint, position integer, listed jsonb)
)
insert into goods.skus as sku (
       book, sku_id, product_id, code, options, options_en, price_fen, compare_fen, position)
select :book, row.sku_id, row.product_id, listed.code, listed.options, listed.options_en,
       listed.price_fen, listed.compare_fen, row.position
  from row, jsonb_to_record(row.listed)
    as listed (code text, options text[], options_en text[], price_fen bigint, compare_fen bigint)
on conflict (book, sku_id) do update
   set code = excluded.code, options = excluded.options, options_en = excluded.options_en,
       price_fen = excluded.price_fen, compare_fen = excluded.compare_fen,
       position = excluded.position, is_listed = true;

-- write_prices
insert into goods.prices (book, sku_id, number, changed_at, price_fen, compare_fen)
select :book, sku_id, number, :now, price_fen, compare_fen
  from unnest(:sku_ids::bigint[], :numbers::bigint[], :prices::bigint[], :compares::bigint[])
    as price (sku_id, number, price_fen, compare_fen);

-- write_images
-- The images of changed products, in the order of the list.
with gone as (
    delete from goods.images as image
     where image.book = :book
       and image.product_id in (select product_id
                                  from unnest(:product_ids::bigint[]) as changed (product_id))
       and not exists (select from jsonb_to_recordset(:rows::text::jsonb)
                           as row (product_id bigint, position integer)
                        where row.product_id = image.product_id
                          and row.position = image.position)
)
insert into goods.images as image (book, product_id, position, source, alt, alt_en, digest)
select :book, row.product_id, row.position, row.source, row.alt, row.alt_en, row.digest
  from jsonb_to_recordset(:rows::text::jsonb)
    as row (product_id bigint, position integer, source text, alt text, alt_en text, digest text)
on conflict (book, product_id, position) do update
   set source = excluded.source, alt = excluded.alt, alt_en = excluded.alt_en,
       digest = excluded.digest;
