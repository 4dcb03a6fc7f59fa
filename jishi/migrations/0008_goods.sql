-- 0008: A product's state, terms and revision; warning levels; a tree of categories; struck prices proven.
alter table goods.categories
    add column parent_id bigint,
    add foreign key (book, parent_id) references goods.categories,
    add constraint a_category_is_not_above_itself check (parent_id <> category_id);

alter table goods.products
    add column is_archived    boolean not null default false,
    add column on_shelf_at    timestamptz,
    add column on_shelf_until timestamptz,
    add column return_class   text    not null default 'yes',
    add column return_ground  text    not null default '',
    add column person_max     integer,
    add column revision       bigint  not null default 0,
    add constraint what_is_archived_is_not_live check (not (is_live and is_archived)),
    add constraint a_shelf_time_ends_after_it_begins check (on_shelf_until > on_shelf_at),
    add constraint an_exception_from_return_has_its_ground check (
        (return_class, return_ground) in (
            ('yes', ''),
            ('statutory_exception', 'custom_made'), ('statutory_exception', 'perishable'),
            ('statutory_exception', 'opened_media'), ('statutory_exception', 'periodical'),
            ('confirmed_exception', 'unsealed_risk'), ('confirmed_exception', 'used_up_value'),
            ('confirmed_exception', 'sold_as_flawed'))),
    add constraint a_person_may_buy_some check (person_max between 1 and 1000000);
comment on column goods.products.listed_at is 'When it last became live.';
comment on column goods.products.return_class is
    'Consumer Protection Law, art. 25: return without a reason, or on which ground not.';
comment on column goods.products.person_max is 'How many one person may ever buy of it.';
comment on column goods.products.revision is 'The event of this book that last wrote it.';

alter table goods.skus
    add column low_stock integer not null default 0,
    add constraint a_warning_level_is_in_bounds check (low_stock between 0 and 1000000);
comment on column goods.skus.low_stock is 'So many free or fewer are few: the shop is warned.';

create or replace view goods.cards with (security_invoker) as
select product.book, product.category_id, product.product_id, shop.public_id as shop,
       product.public_id as product, product.title, product.title_en, offer.price_fen,
       offer.price_max_fen, offer.compare_fen, image.digest as picture,
       coalesce(image.alt, '') as alt, coalesce(image.alt_en, '') as alt_en, offer.free
  from goods.products as product
  join goods.shops as shop on shop.book = product.book
  join lateral (select min(sku.price_fen) as price_fen, max(sku.price_fen) as price_max_fen,
                       case when count(*) = 1 then max(sku.compare_fen) end as compare_fen,
                       coalesce(sum(account.balance), 0)::bigint as free
                  from goods.skus as sku
                  left join ledger.accounts as account
                    on account.book = sku.book and account.unit = sku.sku_id
                   and account.kind = 'shelf'
                 where sku.book = product.book and sku.product_id = product.product_id
                   and sku.is_listed) as offer on offer.price_fen is not null
  left join lateral (select shown.digest, shown.alt, shown.alt_en
                       from goods.images as shown
                      where shown.book = product.book and shown.product_id = product.product_id
                      order by shown.digest is null, shown.position
                      limit 1) as image on true
 where product.is_live
   and (product.on_shelf_at is null or product.on_shelf_at <= now())
   and (product.on_shelf_until is null or product.on_shelf_until > now());

create or replace view goods.every_price_is_the_last_one_written with (security_invoker) as
select sku.book, sku.sku_id, sku.price_fen, last.price_fen as written_fen
  from goods.skus as sku
  join lateral (select price.price_fen, price.compare_fen from goods.prices as price
                 where price.book = sku.book and price.sku_id = sku.sku_id
                 order by price.number desc limit 1) as last on true
 where sku.price_fen <> last.price_fen
    or (sku.compare_fen is not null and sku.compare_fen is distinct from last.compare_fen);

-- The price was struck when it was first struck as it is now: the seven days before that count.
create view goods.every_struck_price_has_its_proof with (security_invoker) as
select sku.book, sku.sku_id, sku.compare_fen, proof.lowest_fen
  from goods.skus as sku
  left join lateral (select price.number, price.changed_at
                       from goods.prices as price
                      where price.book = sku.book and price.sku_id = sku.sku_id
                        and price.number > coalesce(
                            (select max(other.number) from goods.prices as other
                              where other.book = sku.book and other.sku_id = sku.sku_id
                                and other.compare_fen is distinct from sku.compare_fen), 0)
                      order by price.number limit 1) as struck on true
  left join lateral (select min(price.price_fen) as lowest_fen
                       from goods.prices as price
                      where price.book = sku.book and price.sku_id = sku.sku_id
                        and price.number < struck.number
                        and price.number >= (
                            select max(first.number) from goods.prices as first
                             where first.book = sku.book and first.sku_id = sku.sku_id
                               and first.changed_at <= struck.changed_at - interval '7 days'))
       as proof on true
 where sku.is_listed and sku.compare_fen is not null
   and (proof.lowest_fen is null or proof.lowest_fen < sku.compare_fen);

create view goods.every_live_product_can_be_sold with (security_invoker) as
select product.book, product.product_id, product.title
  from goods.products as product
 where product.is_live
   and not exists (select from goods.skus as sku
                    where sku.book = product.book and sku.product_id = product.product_id
                      and sku.is_listed);

create view goods.every_category_is_within_three_levels with (security_invoker) as
select category.book, category.category_id, category.title
  from goods.categories as category
  join goods.categories as parent
    on parent.book = category.book and parent.category_id = category.parent_id
  join goods.categories as above
    on above.book = parent.book and above.category_id = parent.parent_id
 where above.parent_id is not null;

-- A struck price from before the rule, without its proof, is taken away; its history stays.
update goods.skus as sku
   set compare_fen = null
  from goods.every_struck_price_has_its_proof as unproven
 where sku.book = unproven.book and sku.sku_id = unproven.sku_id;

insert into kernel.promises (promise, sentence, examined) values
    ('goods.every_struck_price_has_its_proof',
     'No struck price is higher than the lowest price of the seven days before it.', 'goods.skus'),
    ('goods.every_live_product_can_be_sold',
     'Every live product has a SKU to buy.', 'goods.products'),
    ('goods.every_category_is_within_three_levels',
     'Every category has at most two above it, and none is above itself.', 'goods.categories');

grant select on goods.every_struck_price_has_its_proof, goods.every_live_product_can_be_sold,
    goods.every_category_is_within_three_levels to jishi_app, jishi_verifier;
grant insert on goods.every_struck_price_has_its_proof, goods.every_live_product_can_be_sold,
    goods.every_category_is_within_three_levels to jishi_app;
