-- Who stands behind a shop, and whether it trades.
alter table goods.shops add column closed_at timestamptz,
    add column is_listed boolean not null default true;
comment on column goods.shops.closed_at is 'From then on nothing is sold; it may be still to come.';
comment on column goods.shops.is_listed is 'Found by everybody; not so while it is on trial.';

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
   and shop.is_listed and (shop.closed_at is null or shop.closed_at > now())
   and (product.on_shelf_at is null or product.on_shelf_at <= now())
   and (product.on_shelf_until is null or product.on_shelf_until > now());

-- What the law wants known of whoever sells, or runs the market (its own book). The newest holds.
create table goods.licences (
    book         bigint not null references kernel.books,
    number       bigint not null,
    legal_name   text   not null,
    registration text   not null,
    exemption    text   not null,
    address      text   not null,
    phone        text   not null,
    mail         text   not null,
    filing       text   not null,
    stated_at    timestamptz not null,
    primary key (book, number),
    constraint a_seller_is_registered_or_exempt check ((registration = '') <> (exemption = '')),
    constraint a_ground_of_exemption_is_known check (
        exemption in ('', 'own_produce', 'handicraft', 'services', 'small_deals', 'sample')),
    constraint a_seller_has_a_name check (char_length(legal_name) between 1 and 100),
    constraint a_seller_can_be_reached check (phone <> '' or mail <> '')
);
comment on column goods.licences.number is 'The event of this book that stated it.';
comment on column goods.licences.registration is 'Unified social credit code, GB 32100-2015.';
comment on column goods.licences.exemption is 'Why none is needed: E-Commerce Law, art. 10.';
comment on column goods.licences.filing is 'The website''s ICP filing number, where there is one.';

create trigger licences_are_for_ever before update or delete on goods.licences
    for each row execute function kernel.refuse_change();

-- When a shop was let trade, on trial or for all, and told to stop, by whom. The newest holds.
create table goods.openings (
    book      bigint not null references goods.shops,
    number    bigint not null,
    state     text not null,
    closes_at timestamptz,
    actor_id  bigint not null,
    set_at    timestamptz not null,
    primary key (book, number),
    constraint a_shop_is_on_trial_open_or_closing check (state in ('trial', 'open', 'closing')),
    constraint what_closes_has_a_time check ((state = 'closing') = (closes_at is not null))
);
comment on column goods.openings.number is 'The event of this book that set it.';

create trigger openings_are_for_ever before update or delete on goods.openings
    for each row execute function kernel.refuse_change();

create view goods.every_shop_trades_as_it_was_set with (security_invoker) as
select shop.book, shop.closed_at, last.closes_at, shop.is_listed, last.state
  from goods.shops as shop
  left join lateral (select opening.closes_at, opening.state from goods.openings as opening
                      where opening.book = shop.book
                      order by opening.number desc limit 1) as last on true
 where shop.closed_at is distinct from last.closes_at
    or shop.is_listed <> (coalesce(last.state, 'open') <> 'trial');

insert into kernel.promises (promise, sentence, examined) values
    ('goods.every_shop_trades_as_it_was_set',
     'A shop trades, or is closed, as it was set last.', 'goods.shops');

grant select, insert on goods.licences, goods.openings to jishi_app;
grant update (closed_at, is_listed) on goods.shops to jishi_app;
grant select on goods.licences, goods.openings, goods.every_shop_trades_as_it_was_set
    to jishi_verifier;
