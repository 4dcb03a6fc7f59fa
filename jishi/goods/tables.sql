-- Goods: shops, what they sell, what it costs, and where it lies.
create schema goods;

insert into ledger.kinds (kind, unit_name, is_bounded) values
    ('supplier', 'goods', false), -- the world that goods come from
    ('shelf',    'goods', true),  -- what may be sold; its holder is the store
    ('reserved', 'goods', true),  -- what orders have set aside; its holder is the store
    ('customer', 'goods', false); -- the world that goods go to

-- A shop and its book. Small and shared: every page asks for it by its public id.
create table goods.shops (
    book      bigint primary key references kernel.books,
    public_id text not null,
    name      text not null,
    name_en   text not null default '',
    opened_at timestamptz not null default now(),
    closed_at timestamptz,
    is_listed boolean not null default true,
    constraint an_address_leads_to_one_shop unique (public_id),
    constraint a_shop_has_a_name check (char_length(name) between 1 and 60)
);

comment on column goods.shops.closed_at is 'From then on nothing is sold; it may be still to come.';
comment on column goods.shops.is_listed is 'Found by everybody; not so while it is on trial.';

create table goods.stores (
    book     bigint not null references goods.shops,
    store_id bigint not null,
    name     text not null,
    name_en  text not null default '',
    whereabouts     text    not null default '',
    phone           text    not null default '',
    hours           text[]  not null default '{}',
    latitude_micro  integer,
    longitude_micro integer,
    primary key (book, store_id),
    constraint a_week_has_seven_days check (cardinality(hours) in (0, 7)),
    constraint a_position_is_on_the_earth check (
        (latitude_micro is null) = (longitude_micro is null)
        and latitude_micro between -90000000 and 90000000
        and longitude_micro between -180000000 and 180000000)
);
comment on column goods.stores.hours is
    'From Monday on: 09:00-21:00, empty for a day when it is closed; none where nobody said it.';
comment on column goods.stores.latitude_micro is 'In millionths of a degree, as its longitude.';

create table goods.categories (
    book        bigint not null references goods.shops,
    category_id bigint not null,
    public_id   text not null,
    title       text not null,
    title_en    text not null default '',
    parent_id   bigint,
    primary key (book, category_id),
    foreign key (book, parent_id) references goods.categories,
    constraint a_category_is_not_above_itself check (parent_id <> category_id),
    constraint an_address_leads_to_one_category unique (book, public_id),
    constraint a_category_is_there_once unique (book, title)
);

create table goods.products (
    book            bigint  not null references goods.shops,
    product_id      bigint  not null,
    public_id       text    not null,
    handle          text    not null,
    title           text    not null,
    title_en        text    not null default '',
    body_html       text    not null,
    body_html_en    text    not null default '',
    category_id     bigint,
    vendor          text    not null default '',
    tags            text[]  not null default '{}',
    option_names    text[]  not null default '{}',
    option_names_en text[]  not null default '{}',
    is_live         boolean not null,
    is_archived     boolean not null default false,
    listed_at       timestamptz not null,
    on_shelf_at     timestamptz,
    on_shelf_until  timestamptz,
    return_class    text    not null default 'yes',
    return_ground   text    not null default '',
    person_max      integer,
    revision        bigint  not null default 0,
    primary key (book, product_id),
    foreign key (book, category_id) references goods.categories,
    constraint an_address_leads_to_one_product unique (book, public_id),
    constraint a_handle_names_one_product unique (book, handle),
    constraint a_product_has_a_title check (char_length(title) between 1 and 255),
    constraint a_product_has_up_to_three_options check (
        cardinality(option_names) <= 3
        and cardinality(option_names_en) in (0, cardinality(option_names))),
    constraint what_is_archived_is_not_live check (not (is_live and is_archived)),
    constraint a_shelf_time_ends_after_it_begins check (on_shelf_until > on_shelf_at),
    constraint an_exception_from_return_has_its_ground check (
        (return_class, return_ground) in (
            ('yes', ''),
            ('statutory_exception', 'custom_made'), ('statutory_exception', 'perishable'),
            ('statutory_exception', 'opened_media'), ('statutory_exception', 'periodical'),
            ('confirmed_exception', 'unsealed_risk'), ('confirmed_exception', 'used_up_value'),
            ('confirmed_exception', 'sold_as_flawed'))),
    constraint a_person_may_buy_some check (person_max between 1 and 1000000)
);
comment on column goods.products.body_html is 'Sanitised when it was written.';
comment on column goods.products.listed_at is 'When it last became live.';
comment on column goods.products.return_class is
    'Consumer Protection Law, art. 25: return without a reason, or on which ground not.';
comment on column goods.products.person_max is 'How many one person may ever buy of it.';
comment on column goods.products.revision is 'The event of this book that last wrote it.';
create index products_newest_first on goods.products (product_id desc) where is_live;
create index products_of_a_category on goods.products (book, category_id, product_id desc)
    where is_live;

create table goods.skus (
    book        bigint  not null,
    sku_id      bigint  not null,
    product_id  bigint  not null,
    code        text    not null default '',
    options     text[]  not null default '{}',
    options_en  text[]  not null default '{}',
    price_fen   bigint  not null,
    compare_fen bigint,
    position    integer not null,
    is_listed   boolean not null default true,
    weight_grams integer not null default 0,
    low_stock   integer not null default 0,
    primary key (book, sku_id),
    foreign key (book, product_id) references goods.products,
    constraint a_price_is_in_bounds check (price_fen between 0 and 100000000),
    constraint a_struck_price_is_higher check (compare_fen > price_fen),
    constraint a_sku_has_up_to_three_options check (cardinality(options) <= 3),
    constraint a_weight_is_in_bounds check (weight_grams between 0 and 1000000),
    constraint a_warning_level_is_in_bounds check (low_stock between 0 and 1000000)
);
comment on column goods.skus.weight_grams is 'Of one piece as it is sent; 0 where nobody said.';
comment on column goods.skus.low_stock is 'So many free or fewer are few: the shop is warned.';
comment on column goods.skus.is_listed is
    'A SKU that a new list leaves out is kept for its history.';
create unique index a_code_names_one_sku on goods.skus (book, code) where code <> '' and is_listed;
create unique index options_name_one_sku on goods.skus (book, product_id, options) where is_listed;

-- Every price a SKU has had: a struck price needs proof.
create table goods.prices (
    book        bigint not null,
    sku_id      bigint not null,
    number      bigint not null,
    changed_at  timestamptz not null,
    price_fen   bigint not null,
    compare_fen bigint,
    primary key (book, sku_id, number),
    foreign key (book, sku_id) references goods.skus
);
comment on column goods.prices.number is 'The event of this book that set it.';

-- Where a product is pictured. A picture that is not uploaded is never fetched from elsewhere.
create table goods.images (
    book       bigint  not null,
    product_id bigint  not null,
    position   integer not null,
    source     text    not null,
    alt        text    not null default '',
    alt_en     text    not null default '',
    digest     text,
    primary key (book, product_id, position),
    foreign key (book, product_id) references goods.products
);
comment on column goods.images.source is 'The address or file name that the list gave.';

-- Pictures by the SHA-256 of their bytes: the same picture is kept once and never changes.
create table goods.pictures (
    digest     text    primary key,
    media_type text    not null,
    width      integer not null,
    height     integer not null,
    bytes      bytea   not null,
    constraint a_picture_is_of_a_known_type check (
        media_type in ('image/webp', 'image/png', 'image/jpeg')),
    constraint a_picture_is_not_too_large check (octet_length(bytes) <= 5 * 1024 * 1024)
);
alter table goods.pictures alter column bytes set storage external;

-- The same picture in smaller widths.
create table goods.renditions (
    digest text    not null references goods.pictures,
    width  integer not null,
    height integer not null,
    bytes  bytea   not null,
    primary key (digest, width)
);
alter table goods.renditions alter column bytes set storage external;

create trigger prices_are_for_ever before update or delete on goods.prices
    for each row execute function kernel.refuse_change();

-- What a list shows of a product: its prices, what is free, its first picture.
create view goods.cards with (security_invoker) as
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
   and shop.is_listed and (shop.closed_at is null or shop.closed_at > now())
   and (product.on_shelf_at is null or product.on_shelf_at <= now())
   and (product.on_shelf_until is null or product.on_shelf_until > now());

create view goods.every_sku_has_a_shelf with (security_invoker) as
select sku.book, sku.sku_id, store.store_id
  from goods.skus as sku
  join goods.stores as store on store.book = sku.book
 where (select count(*) from ledger.accounts as account
         where account.book = sku.book and account.unit = sku.sku_id
           and account.holder = store.store_id and account.kind in ('shelf', 'reserved')) <> 2;

create view goods.every_price_is_the_last_one_written with (security_invoker) as
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

insert into kernel.promises (promise, sentence, examined) values
    ('goods.every_sku_has_a_shelf',
     'Every SKU has a shelf in every store of its shop.', 'goods.skus'),
    ('goods.every_price_is_the_last_one_written',
     'Every price is the last one in its history.', 'goods.skus'),
    ('goods.every_struck_price_has_its_proof',
     'No struck price is higher than the lowest price of the seven days before it.', 'goods.skus'),
    ('goods.every_live_product_can_be_sold',
     'Every live product has a SKU to buy.', 'goods.products'),
    ('goods.every_category_is_within_three_levels',
     'Every category has at most two above it, and none is above itself.', 'goods.categories');

grant usage on schema goods to jishi_app, jishi_verifier;
grant select, insert on all tables in schema goods to jishi_app;
revoke insert on goods.cards from jishi_app;
grant update (name, name_en, whereabouts, phone, hours, latitude_micro, longitude_micro)
    on goods.stores to jishi_app;
grant update on goods.categories, goods.products, goods.skus to jishi_app;
grant update, delete on goods.images to jishi_app;
grant select on all tables in schema goods to jishi_verifier;
