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
    goods_fen    bigint not null,
    discount_fen bigint not null,
    freight_fen  bigint not null,
    delivery     text   not null,
    address_id   bigint not null,
    division     text   not null,
    store_id     bigint not null,
    purchase_id  bigint not null,
    primary key (book, order_id),
    constraint an_address_leads_to_one_order unique (book, public_id),
    constraint an_order_number_is_read_out_once unique (book, order_number),
    constraint an_order_is_in_a_known_state check (
        state in ('awaiting_payment', 'closing', 'closed', 'paid', 'partly_shipped', 'shipped',
                  'ready_for_pickup', 'received', 'completed')),
    constraint an_order_costs_something check (total_fen >= 0),
    constraint a_remark_is_short check (char_length(remark) <= 200),
    constraint an_order_costs_its_goods_and_freight_less_what_is_taken_off check (
        total_fen = goods_fen - discount_fen + freight_fen
        and discount_fen between 0 and goods_fen and freight_fen >= 0),
    constraint an_order_goes_in_a_known_way check (
        delivery in ('parcel', 'pickup', 'same_city')),
    constraint a_division_has_six_digits check (division = '' or division ~ '^[0-9]{6}$')
) with (fillfactor = 80);
comment on column trade.orders.address_id is
    'A version of an address, kept where people are; 0 for what is picked up in a store.';
comment on column trade.orders.purchase_id is
    'The purchase over several shops that it is a part of; 0 for none.';
comment on column trade.orders.order_number is
    'For people: JS, the day, six shuffled digits, a check digit.';
create index orders_that_may_expire on trade.orders (pay_until) where state = 'awaiting_payment';
create index orders_to_handle on trade.orders (book, state, order_id)
    where state in ('awaiting_payment', 'paid', 'partly_shipped', 'ready_for_pickup');
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
    paid_fen   bigint  not null,
    primary key (book, order_id, position),
    constraint a_line_buys_something check (quantity between 1 and 999),
    constraint a_price_is_not_negative check (price_fen >= 0),
    constraint a_share_is_of_the_line_s_price check (paid_fen between 0 and quantity * price_fen)
);
comment on column trade.order_lines.product is
    'The public id of its product, to lead back to its page.';

comment on column trade.order_lines.paid_fen is
    'Its exact share of what is paid for the goods: the price less its part of what offers take.';

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

create trigger lines_are_for_ever
    before update of book, order_id, position, sku_id, store_id, quantity, price_fen, product,
                     title, title_en, options, options_en, picture or delete on trade.order_lines
    for each row execute function kernel.refuse_change();
create trigger steps_are_for_ever before update or delete on trade.order_steps
    for each row execute function kernel.refuse_change();

create view trade.every_order_costs_the_sum_of_its_lines with (security_invoker) as
select placed.book, placed.order_id, placed.goods_fen, placed.total_fen,
       sum(line.quantity * line.price_fen) as lines_fen, sum(line.paid_fen) as shares_fen
  from trade.orders as placed
  left join trade.order_lines as line on line.book = placed.book and line.order_id = placed.order_id
 group by placed.book, placed.order_id
having placed.goods_fen is distinct from sum(line.quantity * line.price_fen)
    or placed.total_fen - placed.freight_fen is distinct from sum(line.paid_fen);

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

create view trade.every_paid_order_has_its_money with (security_invoker) as
select placed.book, placed.order_id, placed.state, placed.total_fen,
       coalesce(came.amount, 0) as came_fen
  from trade.orders as placed
  left join (select book, taker, sum(amount) as amount from ledger.transfers
              where giver_kind = 'wechat' and taker_kind = 'escrow'
              group by book, taker) as came
    on came.book = placed.book and came.taker = placed.order_id
  left join (select book, order_id, sum(amount_fen) as amount from money.refunds
              where reason = 'late_payment' group by book, order_id) as late
    on late.book = placed.book and late.order_id = placed.order_id
 where not case when placed.state in ('awaiting_payment', 'closing')
                    then coalesce(came.amount, 0) = coalesce(late.amount, 0)
                when placed.state = 'closed'
                    then coalesce(came.amount, 0) - coalesce(late.amount, 0)
                         in (0, placed.total_fen)
                else coalesce(came.amount, 0) - coalesce(late.amount, 0) = placed.total_fen end;

create view trade.no_ended_order_has_an_open_attempt with (security_invoker) as
select placed.book, placed.order_id, placed.state, attempt.attempt_id
  from trade.orders as placed
  join money.attempts as attempt
    on attempt.book = placed.book and attempt.order_id = placed.order_id
 where attempt.state = 'open' and placed.state not in ('awaiting_payment', 'closing');

insert into kernel.promises (promise, sentence, examined) values
    ('trade.every_order_costs_the_sum_of_its_lines',
     'An order costs the sum of its lines and its freight, less what is taken off, to the fen.',
     'trade.orders'),
    ('trade.every_order_stands_where_its_last_step_led',
     'An order stands where its last step led.', 'trade.orders'),
    ('trade.every_unit_set_aside_is_of_an_open_order',
     'What is set aside is exactly what open orders hold: nothing is oversold.',
     'trade.order_lines'),
    ('trade.every_paid_order_has_its_money',
     'The money of a paid order is in the ledger exactly once, and of no other order.',
     'trade.orders'),
    ('trade.no_ended_order_has_an_open_attempt',
     'No order that is paid or closed can still be paid.', 'trade.orders'),
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
grant update (state, discount_fen, freight_fen, total_fen, pay_until, remark, address_id, division)
    on trade.orders to jishi_app;
grant update (paid_fen) on trade.order_lines to jishi_app;
grant select on all tables in schema trade to jishi_verifier;
