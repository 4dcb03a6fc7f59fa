-- Who stands behind a shop, and whether it trades.

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
