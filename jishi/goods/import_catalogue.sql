-- products
-- Lists are joined, not searched by `= any`: a plan kept for any list would search it row by row.
select product.product_id, product.handle, product.title, product.title_en, product.body_html,
       product.body_html_en, coalesce(category.title, '') as category, product.vendor,
       product.tags, product.option_names, product.option_names_en,
       case when product.is_live then 'live' when product.is_archived then 'archived'
            else 'draft' end as state,
       product.on_shelf_at, product.on_shelf_until, product.return_class, product.return_ground,
       product.person_max,
       greatest(product.revision, (select max(price.number)
                                     from goods.skus as sku
                                     join goods.prices as price
                                       on price.book = :book and price.sku_id = sku.sku_id
                                    where sku.book = :book
                                      and sku.product_id = product.product_id)) as revision
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
       sku.price_fen, sku.compare_fen, sku.position, sku.is_listed, sku.low_stock,
       sku.weight_grams,
       coalesce((select sum(account.balance) from ledger.accounts as account
                  where account.book = :book and account.unit = sku.sku_id
                    and account.kind = 'shelf'), 0)::bigint as free,
       coalesce((select sum(account.balance) from ledger.accounts as account
                  where account.book = :book and account.unit = sku.sku_id
                    and account.kind = 'reserved'), 0)::bigint as reserved,
       coalesce((select account.balance from ledger.accounts as account
                  where account.book = :book and account.unit = sku.sku_id
                    and account.kind = 'shelf'
                  order by account.holder limit 1), 0)::bigint as first_free,
       case when product.is_live and sku.is_listed
             and product.listed_at <= :now::timestamptz - interval '7 days'
            then (select min(price.price_fen) from goods.prices as price
                   where price.book = :book and price.sku_id = sku.sku_id
                     and price.number >= (
                         select max(first.number) from goods.prices as first
                          where first.book = :book and first.sku_id = sku.sku_id
                            and first.changed_at + interval '7 days' <= :now)) end as lowest_fen
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
select store_id from goods.stores where book = :book order by store_id;

-- pictures
-- Which of these are uploaded already, by whichever product.
select digest from goods.pictures where digest = any(:digests::text[]);

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
    select row.product_id, row.public_id, row.category_id, row.listed, row.terms
      from jsonb_to_recordset(:rows::text::jsonb)
        as row (product_id bigint, public_id text, category_id bigint, listed jsonb, terms jsonb)
)
insert into goods.products as product (
       book, product_id, public_id, handle, title, title_en, body_html, body_html_en, category_id,
       vendor, tags, option_names, option_names_en, is_live, is_archived, listed_at,
       on_shelf_at, on_shelf_until, return_class, return_ground, person_max)
select :book, row.product_id, row.public_id, listed.handle, listed.title, listed.title_en,
       listed.body_html, listed.body_html_en, row.category_id, listed.vendor, listed.tags,
       listed.option_names, listed.option_names_en, listed.state = 'live',
       listed.state = 'archived', :now, terms.on_shelf_at, terms.on_shelf_until,
       terms.return_class, terms.return_ground, terms.person_max
  from row, jsonb_to_record(row.listed)
    as listed (handle text, title text, title_en text, body_html text, body_html_en text,
               vendor text, tags text[], option_names text[], option_names_en text[],
               state text),
       jsonb_to_record(row.terms)
    as terms (on_shelf_at timestamptz, on_shelf_until timestamptz, return_class text,
              return_ground text, person_max integer)
on conflict (book, product_id) do update
   set title = excluded.title, title_en = excluded.title_en, body_html = excluded.body_html,
       body_html_en = excluded.body_html_en, category_id = excluded.category_id,
       vendor = excluded.vendor, tags = excluded.tags, option_names = excluded.option_names,
       option_names_en = excluded.option_names_en, is_live = excluded.is_live,
       is_archived = excluded.is_archived,
       listed_at = case when product.is_live then product.listed_at else excluded.listed_at end,
       on_shelf_at = excluded.on_shelf_at, on_shelf_until = excluded.on_shelf_until,
       return_class = excluded.return_class, return_ground = excluded.return_ground,
       person_max = excluded.person_max;

-- touch
-- Remember which event wrote these products last.
update goods.products as product
   set revision = :number::bigint
 where product.book = :book
   and product.product_id in (select product_id
                                from unnest(:product_ids::bigint[]) as touched (product_id));

-- delist
-- SKUs that the list leaves out, and those about to be written: two of them may swap their codes.
update goods.skus
   set is_listed = false
 where book = :book
   and sku_id in (select sku_id from unnest(:sku_ids::bigint[]) as gone (sku_id));

-- write_skus
with row as (
    select row.sku_id, row.product_id, row.position, row.low_stock, row.weight_grams,
           row.listed
      from jsonb_to_recordset(:rows::text::jsonb)
        as row (sku_id bigint, product_id bigint, position integer, low_stock integer,
                weight_grams integer, listed jsonb)
)
insert into goods.skus as sku (
       book, sku_id, product_id, code, options, options_en, price_fen, compare_fen, position,
       low_stock, weight_grams)
select :book, row.sku_id, row.product_id, listed.code, listed.options, listed.options_en,
       listed.price_fen, listed.compare_fen, row.position, row.low_stock, row.weight_grams
  from row, jsonb_to_record(row.listed)
    as listed (code text, options text[], options_en text[], price_fen bigint, compare_fen bigint)
on conflict (book, sku_id) do update
   set code = excluded.code, options = excluded.options, options_en = excluded.options_en,
       price_fen = excluded.price_fen, compare_fen = excluded.compare_fen,
       position = excluded.position, low_stock = excluded.low_stock,
       weight_grams = excluded.weight_grams, is_listed = true;

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
