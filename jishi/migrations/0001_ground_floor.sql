-- The kernel: books, keys, events, todos. It knows no word of trade.
create schema kernel;

do $$
begin
    -- Roles belong to the cluster, so another database of it may have made them already.
    if not exists (select from pg_roles where rolname = 'jishi_app') then
        create role jishi_app nologin;
    end if;
    if not exists (select from pg_roles where rolname = 'jishi_verifier') then
        create role jishi_verifier nologin;
    end if;
    if exists (select from pg_roles where rolname = 'jishi_login') then
        grant jishi_app to jishi_login;
    end if;
exception
    when duplicate_object or unique_violation then null;
end
$$;

-- What balances by itself and is written by one writer at a time; its row is the lock.
create table kernel.books (
    book        bigint primary key,
    kind        text not null,
    event_count bigint not null default 0,
    opened_at   timestamptz not null default now(),
    constraint a_book_is_of_a_known_kind check (kind in ('market', 'shop', 'people')),
    constraint events_are_counted_from_zero check (event_count >= 0)
) with (fillfactor = 50);
comment on table kernel.books is 'The market itself is book 1; each shop has its own.';
-- No table below refers to books by a foreign key: whoever writes holds the book's lock, so the
-- check would only look again, for every row.

-- What happened, for ever: the audit log and the outbox. No personal data.
create table kernel.events (
    book       bigint not null,
    number     bigint not null,
    at         timestamptz not null,
    name       text not null,
    subject_id bigint not null,
    actor_id   bigint not null,
    body       jsonb not null,
    primary key (book, number, at)
) partition by range (at);
comment on column kernel.events.number is
    'Counted in the book under its lock: no gap, no late commit.';
create index events_of_a_subject on kernel.events (book, subject_id, number);

-- The idempotency record: which body a key stood for, and which event was the answer.
create table kernel.keys (
    book        bigint not null,
    key         uuid not null,
    fingerprint bigint not null,
    number      bigint not null,
    event_at    timestamptz not null,
    primary key (book, key)
);

-- What a reaction has still to do about an event. It ends with an event or a final refusal.
create table kernel.todos (
    book     bigint not null,
    number   bigint not null,
    reaction text not null,
    event_at timestamptz not null,
    due_at   timestamptz not null,
    tries    integer not null default 0,
    trouble  text,
    dead_at  timestamptz,
    primary key (book, number, reaction)
) with (fillfactor = 70);
comment on column kernel.todos.due_at is 'Claiming a todo moves this on: the lease of its worker.';
comment on column kernel.todos.dead_at is
    'Given up, for a person to look at; never deleted unseen.';
create index todos_that_are_due on kernel.todos (due_at) where dead_at is null;

-- Work that comes by the clock; one process does it at a time.
create table kernel.schedules (
    name       text primary key,
    due_at     timestamptz not null default now(),
    started_at timestamptz,
    ended_at   timestamptz,
    trouble    text,
    brake      text,
    braked_at  timestamptz
);
comment on column kernel.schedules.brake is 'Why it stopped itself; an operator releases it.';

-- Every invariant is a view that must return no row; this is their list.
create table kernel.promises (
    promise  text primary key,
    sentence text not null,
    examined text not null
);
comment on column kernel.promises.examined is 'The table whose rows the check looks at.';

create sequence kernel.nodes as integer maxvalue 4095 minvalue 0 cycle;

create function kernel.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is never changed or deleted', tg_table_schema || '.' || tg_table_name
        using errcode = 'restrict_violation';
end
$$;

create trigger events_are_for_ever before update or delete on kernel.events
    for each row execute function kernel.refuse_change();
create trigger keys_are_for_ever before update or delete on kernel.keys
    for each row execute function kernel.refuse_change();
create trigger keys_are_not_emptied before truncate on kernel.keys
    for each statement execute function kernel.refuse_change();

-- Opens the events' months ahead of time. Runs as its owner: the market may not make tables.
create function kernel.open_months() returns integer language plpgsql
    security definer set search_path = pg_catalog, pg_temp as $$
declare
    month date;
    opened integer := 0;
begin
    for month in
        select generate_series(date_trunc('month', now() at time zone 'UTC'),
                               date_trunc('month', now() at time zone 'UTC') + interval '2 months',
                               interval '1 month')::date
    loop
        if to_regclass('kernel.events_' || to_char(month, 'YYYYMM')) is null then
            execute format('create table kernel.%I partition of kernel.events
                            for values from (%L) to (%L)',
                           'events_' || to_char(month, 'YYYYMM'), month::text || ' 00:00+00',
                           (month + interval '1 month')::date::text || ' 00:00+00');
            execute format('create trigger events_are_not_emptied before truncate on kernel.%I
                            for each statement execute function kernel.refuse_change()',
                           'events_' || to_char(month, 'YYYYMM'));
            opened := opened + 1;
        end if;
    end loop;
    return opened;
end
$$;
select kernel.open_months();
-- Never needed while the months are opened ahead; without it a late opening would lose an answer.
create table kernel.events_beyond partition of kernel.events default;

create view kernel.every_event_is_counted with (security_invoker) as
select book.book, book.event_count, count(event.number) as events, max(event.number) as last_number
  from kernel.books as book
  left join kernel.events as event on event.book = book.book
 group by book.book, book.event_count
having count(event.number) <> book.event_count
    or coalesce(max(event.number), 0) <> book.event_count;

create view kernel.every_key_has_its_event with (security_invoker) as
select known.book, known.key, known.number
  from kernel.keys as known
 where not exists (select from kernel.events as event
                    where event.book = known.book and event.number = known.number
                      and event.at = known.event_at);

create view kernel.every_event_has_one_key with (security_invoker) as
select event.book, event.number, count(known.key) as keys
  from kernel.events as event
  left join kernel.keys as known on known.book = event.book and known.number = event.number
 group by event.book, event.number
having count(known.key) <> 1;

create view kernel.every_todo_has_its_event with (security_invoker) as
select todo.book, todo.number, todo.reaction
  from kernel.todos as todo
 where not exists (select from kernel.events as event
                    where event.book = todo.book and event.number = todo.number);

create view kernel.no_month_is_missing with (security_invoker) as
select event.book, event.number, event.at
  from kernel.events_beyond as event;

insert into kernel.promises (promise, sentence, examined) values
    ('kernel.every_event_is_counted',
     'The events of a book are numbered without a gap.', 'kernel.events'),
    ('kernel.every_key_has_its_event', 'Every answered key leads to its event.', 'kernel.keys'),
    ('kernel.every_event_has_one_key', 'Every event answers exactly one key.', 'kernel.events'),
    ('kernel.every_todo_has_its_event',
     'Nothing is left to do about an event that never was.', 'kernel.events'),
    ('kernel.no_month_is_missing', 'Every event lies in the table of its month.', 'kernel.events');

revoke execute on function kernel.open_months() from public;
grant execute on function kernel.open_months() to jishi_app;
grant usage on schema kernel to jishi_app, jishi_verifier;
grant select, insert on kernel.books, kernel.events, kernel.keys to jishi_app;
grant update (event_count) on kernel.books to jishi_app;
grant select, insert, update, delete on kernel.todos to jishi_app;
grant select, insert, update on kernel.schedules to jishi_app;
grant select on kernel.promises to jishi_app;
grant usage on sequence kernel.nodes to jishi_app;
grant select on all tables in schema kernel to jishi_verifier;
insert into kernel.books (book, kind) values (1, 'market');
-- The ledger: money, goods and attention obey one law. What is not there cannot be given away.
create schema ledger;

-- Which kinds of account there are. A bounded kind keeps a balance that cannot go below zero;
-- the outside world (the bank, the supplier, the passing week) is unbounded: a sum, never a row.
create table ledger.kinds (
    kind       text primary key,
    unit_name  text not null,
    is_bounded boolean not null
);

-- What is counted in a book. A unit of goods has the id of its SKU.
create table ledger.units (
    book bigint not null references kernel.books,
    unit bigint not null,
    name text not null,
    primary key (book, unit),
    constraint a_unit_is_of_a_known_name check (
        name in ('CNY', 'goods', 'touch', 'points', 'coupon', 'seat', 'quota', 'share'))
);
comment on column ledger.units.name is 'CNY is counted in fen, touch in quarters of a contact.';

-- The bounded accounts and what is in them.
create table ledger.accounts (
    book    bigint not null,
    unit    bigint not null,
    kind    text   not null references ledger.kinds,
    holder  bigint not null,
    balance bigint not null default 0,
    primary key (book, unit, kind, holder),
    foreign key (book, unit) references ledger.units,
    -- The second net. The first: decided under the book's lock, moved by relative updates.
    constraint what_is_not_there_cannot_be_given check (balance >= 0)
) with (fillfactor = 50);

-- Every movement, for ever: an amount of a unit from a giver to a taker.
create table ledger.transfers (
    book       bigint  not null,
    number     bigint  not null,
    position   integer not null,
    unit       bigint  not null,
    amount     bigint  not null,
    giver_kind text    not null,
    giver      bigint  not null,
    taker_kind text    not null,
    taker      bigint  not null,
    reason     text    not null,
    primary key (book, number, position),
    constraint a_transfer_moves_something check (amount > 0),
    constraint nobody_gives_to_himself check ((giver_kind, giver) <> (taker_kind, taker))
);
comment on column ledger.transfers.number is 'The event of this book that caused it.';

-- Amounts set aside in this book for an act in another one, until that book has answered.
create table ledger.holds (
    book       bigint not null,
    hold_id    bigint not null,
    for_book   bigint not null,
    unit       bigint not null,
    amount     bigint not null,
    giver_kind text   not null,
    giver      bigint not null,
    taker_kind text   not null,
    taker      bigint not null,
    expires_at timestamptz not null,
    state      text not null,
    primary key (book, hold_id),
    constraint a_hold_holds_something check (amount > 0),
    constraint a_hold_is_in_a_known_state check (
        state in ('held', 'lapsing', 'confirmed', 'released'))
);
create index holds_that_may_lapse on ledger.holds (expires_at) where state = 'held';

-- The other book's one answer about a hold: used by its act, or declined for ever.
create table ledger.hold_answers (
    book      bigint  not null,
    hold_id   bigint  not null,
    from_book bigint  not null,
    is_used   boolean not null,
    number    bigint  not null,
    primary key (book, hold_id)
);

create trigger transfers_are_for_ever before update or delete on ledger.transfers
    for each row execute function kernel.refuse_change();
create trigger transfers_are_not_emptied before truncate on ledger.transfers
    for each statement execute function kernel.refuse_change();
create trigger hold_answers_are_for_ever before update or delete on ledger.hold_answers
    for each row execute function kernel.refuse_change();

insert into ledger.kinds (kind, unit_name, is_bounded) values ('held', 'any', true);

-- Every end of every transfer: the giver's is negative, the taker's positive.
create view ledger.ends with (security_invoker) as
select book, number, unit, giver_kind as kind, giver as holder, -amount as amount
  from ledger.transfers
 union all
select book, number, unit, taker_kind, taker, amount
  from ledger.transfers;

-- What every account holds by its transfers, bounded or not.
create view ledger.balances with (security_invoker) as
select book, unit, kind, holder, sum(amount)::bigint as balance
  from ledger.ends
 group by book, unit, kind, holder;

create view ledger.every_unit_sums_to_zero with (security_invoker) as
select book, unit, sum(balance) as total
  from (select book, unit, kind, balance from ledger.accounts
         union all
        select ends.book, ends.unit, ends.kind, ends.amount
          from ledger.ends as ends
          join ledger.kinds as kind on kind.kind = ends.kind
         where not kind.is_bounded) as balance
 group by book, unit
having sum(balance) <> 0;

create view ledger.every_balance_is_the_sum_of_its_transfers with (security_invoker) as
select coalesce(account.book, balance.book) as book,
       coalesce(account.unit, balance.unit) as unit,
       coalesce(account.kind, balance.kind) as kind,
       coalesce(account.holder, balance.holder) as holder,
       account.balance, balance.balance as moved
  from ledger.accounts as account
  full join (select moved.* from ledger.balances as moved
               join ledger.kinds as kind on kind.kind = moved.kind and kind.is_bounded) as balance
    on balance.book = account.book and balance.unit = account.unit
   and balance.kind = account.kind and balance.holder = account.holder
 where account.balance is distinct from coalesce(balance.balance, 0);

create view ledger.no_bounded_account_is_below_zero with (security_invoker) as
select book, unit, kind, holder, balance from ledger.accounts where balance < 0;

create view ledger.every_transfer_is_between_declared_accounts with (security_invoker) as
select ends.book, ends.number, ends.unit, ends.kind
  from ledger.ends as ends
  left join ledger.kinds as kind on kind.kind = ends.kind
  left join ledger.units as unit on unit.book = ends.book and unit.unit = ends.unit
 where kind.kind is null
    or unit.unit is null
    or kind.unit_name not in (unit.name, 'any');

create view ledger.every_transfer_has_its_event with (security_invoker) as
select transfer.book, transfer.number, transfer.position
  from ledger.transfers as transfer
 where not exists (select from kernel.events as event
                    where event.book = transfer.book and event.number = transfer.number);

create view ledger.every_open_hold_is_covered with (security_invoker) as
select account.book, account.unit, account.holder, account.balance, coalesce(hold.amount, 0) as held
  from ledger.accounts as account
  left join (select book, unit, hold_id, sum(amount) as amount from ledger.holds
              where state in ('held', 'lapsing') group by book, unit, hold_id) as hold
    on hold.book = account.book and hold.unit = account.unit and hold.hold_id = account.holder
 where account.kind = 'held' and account.balance <> coalesce(hold.amount, 0);

create view ledger.the_ledger_is_immutable with (security_invoker) as
select 'a change of ledger.transfers is granted' as trouble
 where has_table_privilege('jishi_app', 'ledger.transfers', 'update, delete, truncate')
 union all
select 'a guard of ledger.transfers is missing'
 where (select count(*) from pg_trigger
         where tgrelid = 'ledger.transfers'::regclass and tgenabled = 'O'
           and tgname in ('transfers_are_for_ever', 'transfers_are_not_emptied')) <> 2;

insert into kernel.promises (promise, sentence, examined) values
    ('ledger.every_unit_sums_to_zero', 'Each unit of each book sums to zero.', 'ledger.transfers'),
    ('ledger.every_balance_is_the_sum_of_its_transfers',
     'Each balance is the sum of its transfers.', 'ledger.accounts'),
    ('ledger.no_bounded_account_is_below_zero',
     'No bounded account is below its floor.', 'ledger.accounts'),
    ('ledger.every_transfer_is_between_declared_accounts',
     'Every transfer is between declared kinds, in a declared unit.', 'ledger.transfers'),
    ('ledger.every_transfer_has_its_event',
     'Every transfer was caused by an event.', 'ledger.transfers'),
    ('ledger.every_open_hold_is_covered',
     'What is held is exactly what open holds hold.', 'ledger.accounts'),
    ('ledger.the_ledger_is_immutable',
     'Nobody can change or delete a transfer.', 'ledger.transfers');

-- Row-level security. `(select ...)` is computed once a statement; whoever forgets the setting
-- sees nothing.
alter table ledger.transfers enable row level security;
alter table ledger.transfers force row level security;
create policy one_book on ledger.transfers
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on ledger.transfers for select to jishi_verifier using (true);

alter table ledger.accounts enable row level security;
alter table ledger.accounts force row level security;
create policy one_book on ledger.accounts
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
-- What lies on a shelf is what a page shows to anybody.
create policy shelves_are_public on ledger.accounts for select using (kind = 'shelf');
create policy the_verifier_sees_all on ledger.accounts for select to jishi_verifier using (true);

alter table ledger.holds enable row level security;
alter table ledger.holds force row level security;
create policy one_book on ledger.holds
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on ledger.holds for select to jishi_verifier using (true);

-- The sweeper sees only which holds are due, in no book.
create function ledger.holds_due(holds_max integer) returns table (book bigint, hold_id bigint)
    language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    select hold.book, hold.hold_id from ledger.holds as hold
     where hold.state = 'held' and hold.expires_at <= clock_timestamp()
     order by hold.expires_at limit holds_max
$$;
alter function ledger.holds_due(integer) owner to jishi_verifier;
revoke execute on function ledger.holds_due(integer) from public;
grant execute on function ledger.holds_due(integer) to jishi_app;

grant usage on schema ledger to jishi_app, jishi_verifier;
grant select on ledger.kinds to jishi_app;
grant select, insert on ledger.units, ledger.transfers, ledger.hold_answers to jishi_app;
grant select, insert, update on ledger.accounts, ledger.holds to jishi_app;
grant select on all tables in schema ledger to jishi_verifier;
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
    constraint an_address_leads_to_one_shop unique (public_id),
    constraint a_shop_has_a_name check (char_length(name) between 1 and 60)
);

create table goods.stores (
    book     bigint not null references goods.shops,
    store_id bigint not null,
    name     text not null,
    name_en  text not null default '',
    primary key (book, store_id)
);

create table goods.categories (
    book        bigint not null references goods.shops,
    category_id bigint not null,
    public_id   text not null,
    title       text not null,
    title_en    text not null default '',
    primary key (book, category_id),
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
    listed_at       timestamptz not null,
    primary key (book, product_id),
    foreign key (book, category_id) references goods.categories,
    constraint an_address_leads_to_one_product unique (book, public_id),
    constraint a_handle_names_one_product unique (book, handle),
    constraint a_product_has_a_title check (char_length(title) between 1 and 255),
    constraint a_product_has_up_to_three_options check (
        cardinality(option_names) <= 3
        and cardinality(option_names_en) in (0, cardinality(option_names)))
);
comment on column goods.products.body_html is 'Sanitised when it was written.';
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
    primary key (book, sku_id),
    foreign key (book, product_id) references goods.products,
    constraint a_price_is_in_bounds check (price_fen between 0 and 100000000),
    constraint a_struck_price_is_higher check (compare_fen > price_fen),
    constraint a_sku_has_up_to_three_options check (cardinality(options) <= 3)
);
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

create trigger prices_are_for_ever before update or delete on goods.prices
    for each row execute function kernel.refuse_change();

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
 where (sku.price_fen, sku.compare_fen) is distinct from (last.price_fen, last.compare_fen);

insert into kernel.promises (promise, sentence, examined) values
    ('goods.every_sku_has_a_shelf',
     'Every SKU has a shelf in every store of its shop.', 'goods.skus'),
    ('goods.every_price_is_the_last_one_written',
     'Every price is the last one in its history.', 'goods.skus');

grant usage on schema goods to jishi_app, jishi_verifier;
grant select, insert on all tables in schema goods to jishi_app;
grant update on goods.categories, goods.products, goods.skus to jishi_app;
grant update, delete on goods.images to jishi_app;
grant select on all tables in schema goods to jishi_verifier;
-- Trade: orders and the path they take.
create schema trade;

-- An order of one shop. What it is made of never changes; where it stands does.
create table trade.orders (
    book         bigint not null,
    order_id     bigint not null,
    public_id    text   not null,
    order_number text   not null,
    buyer_id     bigint not null,
    state        text   not null,
    total_fen    bigint not null,
    remark       text   not null,
    placed_at    timestamptz not null,
    pay_until    timestamptz not null,
    primary key (book, order_id),
    constraint an_address_leads_to_one_order unique (book, public_id),
    constraint an_order_number_is_read_out_once unique (book, order_number),
    constraint an_order_is_in_a_known_state check (
        state in ('awaiting_payment', 'closing', 'closed')),
    constraint an_order_costs_something check (total_fen >= 0),
    constraint a_remark_is_short check (char_length(remark) <= 200)
) with (fillfactor = 80);
comment on column trade.orders.order_number is
    'For people: JS, the day, six shuffled digits, a check digit.';
create index orders_that_may_expire on trade.orders (pay_until) where state = 'awaiting_payment';
create index orders_of_a_buyer on trade.orders (buyer_id, order_id desc);

-- What was bought, as it was called and priced then.
create table trade.order_lines (
    book       bigint  not null,
    order_id   bigint  not null,
    position   integer not null,
    sku_id     bigint  not null,
    store_id   bigint  not null,
    quantity   integer not null,
    price_fen  bigint  not null,
    product    text    not null,
    title      text    not null,
    title_en   text    not null,
    options    text[]  not null,
    options_en text[]  not null,
    picture    text,
    primary key (book, order_id, position),
    constraint a_line_buys_something check (quantity between 1 and 999),
    constraint a_price_is_not_negative check (price_fen >= 0)
);
comment on column trade.order_lines.product is
    'The public id of its product, to lead back to its page.';

-- Every step an order took: to which state, when, by whom, why.
create table trade.order_steps (
    book     bigint  not null,
    order_id bigint  not null,
    number   bigint  not null,
    state    text    not null,
    at       timestamptz not null,
    actor_id bigint  not null,
    reason   text    not null,
    primary key (book, order_id, number)
);
comment on column trade.order_steps.number is 'The event of this book that was the step.';

create trigger lines_are_for_ever before update or delete on trade.order_lines
    for each row execute function kernel.refuse_change();
create trigger steps_are_for_ever before update or delete on trade.order_steps
    for each row execute function kernel.refuse_change();

create view trade.every_order_costs_the_sum_of_its_lines with (security_invoker) as
select placed.book, placed.order_id, placed.total_fen,
       sum(line.quantity * line.price_fen) as lines_fen
  from trade.orders as placed
  left join trade.order_lines as line on line.book = placed.book and line.order_id = placed.order_id
 group by placed.book, placed.order_id, placed.total_fen
having placed.total_fen is distinct from sum(line.quantity * line.price_fen);

create view trade.every_order_stands_where_its_last_step_led with (security_invoker) as
select placed.book, placed.order_id, placed.state, last.state as last_step
  from trade.orders as placed
  left join lateral (select step.state from trade.order_steps as step
                      where step.book = placed.book and step.order_id = placed.order_id
                      order by step.number desc limit 1) as last on true
 where placed.state is distinct from last.state;

create view trade.every_unit_set_aside_is_of_an_open_order with (security_invoker) as
select coalesce(shelf.book, wanted.book) as book, coalesce(shelf.unit, wanted.sku_id) as sku_id,
       coalesce(shelf.balance, 0) as reserved, coalesce(wanted.quantity, 0) as ordered
  from (select book, unit, holder, balance from ledger.accounts where kind = 'reserved') as shelf
  full join (select line.book, line.sku_id, line.store_id, sum(line.quantity) as quantity
               from trade.order_lines as line
               join trade.orders as placed
                 on placed.book = line.book and placed.order_id = line.order_id
              where placed.state in ('awaiting_payment', 'closing')
              group by line.book, line.sku_id, line.store_id) as wanted
    on wanted.book = shelf.book and wanted.sku_id = shelf.unit and wanted.store_id = shelf.holder
 where coalesce(shelf.balance, 0) <> coalesce(wanted.quantity, 0);

create view trade.every_reservation_ends with (security_invoker) as
select placed.book, placed.order_id, placed.pay_until
  from trade.orders as placed
 where placed.state = 'awaiting_payment'
   and placed.pay_until < now() - interval '10 minutes'
   and not exists (select from kernel.schedules as schedule
                    where schedule.name = 'trade.expire_orders' and schedule.brake is not null);

insert into kernel.promises (promise, sentence, examined) values
    ('trade.every_order_costs_the_sum_of_its_lines',
     'An order costs the sum of its lines.', 'trade.orders'),
    ('trade.every_order_stands_where_its_last_step_led',
     'An order stands where its last step led.', 'trade.orders'),
    ('trade.every_unit_set_aside_is_of_an_open_order',
     'What is set aside is exactly what open orders hold: nothing is oversold.',
     'trade.order_lines'),
    ('trade.every_reservation_ends',
     'Every reservation ends: by payment, by hand or by the clock.', 'trade.orders');

alter table trade.orders enable row level security;
alter table trade.orders force row level security;
create policy one_book on trade.orders
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_buyer_sees_his_own on trade.orders for select
    using (buyer_id = (select nullif(current_setting('jishi.person', true), '')::bigint)
           and buyer_id <> 0);
create policy the_verifier_sees_all on trade.orders for select to jishi_verifier using (true);

alter table trade.order_lines enable row level security;
alter table trade.order_lines force row level security;
create policy one_book on trade.order_lines
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy whoever_sees_the_order_sees_its_lines on trade.order_lines for select
    using (exists (select from trade.orders as placed
                    where placed.book = order_lines.book
                      and placed.order_id = order_lines.order_id));
create policy the_verifier_sees_all on trade.order_lines for select to jishi_verifier using (true);

alter table trade.order_steps enable row level security;
alter table trade.order_steps force row level security;
create policy one_book on trade.order_steps
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy whoever_sees_the_order_sees_its_steps on trade.order_steps for select
    using (exists (select from trade.orders as placed
                    where placed.book = order_steps.book
                      and placed.order_id = order_steps.order_id));
create policy the_verifier_sees_all on trade.order_steps for select to jishi_verifier using (true);

-- The sweeper sees only when open orders end, in no book and for no person.
create function trade.orders_due(orders_max integer)
    returns table (book bigint, order_id bigint)
    language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    select placed.book, placed.order_id from trade.orders as placed
     where placed.state = 'awaiting_payment' and placed.pay_until <= clock_timestamp()
     order by placed.pay_until limit orders_max
$$;
create function trade.orders_open() returns table (due bigint, live bigint)
    language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    select count(*) filter (where placed.pay_until <= clock_timestamp()), count(*)
      from trade.orders as placed where placed.state = 'awaiting_payment'
$$;
alter function trade.orders_due(integer) owner to jishi_verifier;
alter function trade.orders_open() owner to jishi_verifier;
revoke execute on function trade.orders_due(integer), trade.orders_open() from public;
grant execute on function trade.orders_due(integer), trade.orders_open() to jishi_app;

grant usage on schema trade to jishi_app, jishi_verifier;
grant select, insert on trade.orders, trade.order_lines, trade.order_steps to jishi_app;
grant update (state) on trade.orders to jishi_app;
grant select on all tables in schema trade to jishi_verifier;
