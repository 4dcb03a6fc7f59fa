-- Discovery: what goods are found by.
create schema discovery;

-- The words of a product that can be bought: of its title (weight A), its title in pinyin (B), and
-- the rest (C). `digest` is of the texts they were made from.
create table discovery.entries (
    book       bigint not null references goods.shops,
    product_id bigint not null,
    digest     text not null,
    terms      tsvector not null,
    primary key (book, product_id)
);
create index entries_by_term on discovery.entries using gin (terms) with (fastupdate = off);

-- What a product can be found by, as it stands now: only what is live and has a SKU to buy.
create view discovery.findable with (security_invoker) as
select product.book, product.product_id, product.title, product.title_en,
       concat_ws(' ', product.vendor, category.title, category.title_en,
                 array_to_string(product.tags, ' '), listed.options) as others,
       md5(concat_ws(E'\n', product.title, product.title_en, product.vendor, category.title,
                     category.title_en, array_to_string(product.tags, ' '), listed.options))
           as digest
  from goods.products as product
  join lateral (select string_agg(concat_ws(' ', sku.code, array_to_string(sku.options, ' '),
                                            array_to_string(sku.options_en, ' ')),
                                  ' ' order by sku.position) as options
                  from goods.skus as sku
                 where sku.book = product.book and sku.product_id = product.product_id
                   and sku.is_listed) as listed on listed.options is not null
  left join goods.categories as category
    on category.book = product.book and category.category_id = product.category_id
 where product.is_live;

-- What was looked for and not found. Nobody's name stands beside it.
create table discovery.empty_searches (
    book     bigint not null references kernel.books,
    question text   not null,
    times    bigint not null,
    first_at timestamptz not null,
    last_at  timestamptz not null,
    primary key (book, question),
    constraint a_question_is_short check (char_length(question) between 1 and 120),
    constraint a_question_was_asked check (times > 0)
);

grant usage on schema discovery to jishi_app, jishi_verifier;
grant select, insert, update, delete on discovery.entries to jishi_app;
grant select, insert, update on discovery.empty_searches to jishi_app;
grant select on discovery.findable to jishi_app;
grant select on all tables in schema discovery to jishi_verifier;
