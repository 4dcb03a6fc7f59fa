-- Pickup: the voucher of an order, who handed its goods out, and codes that were wrong.

-- What a buyer shows in the store. Its code is not here: it takes the market's secret to make it.
create table fulfilment.vouchers (
    book      bigint   not null,
    order_id  bigint   not null,
    number    bigint   not null,
    turn      smallint not null,
    digest    text     not null,
    issued_at timestamptz not null,
    primary key (book, order_id),
    foreign key (book, order_id) references trade.orders,
    constraint a_code_leads_to_one_voucher unique (book, digest),
    constraint a_digest_has_32_digits check (digest ~ '^[0-9a-f]{32}$'),
    constraint a_turn_is_one_of_four check (turn between 0 and 3)
);
comment on column fulfilment.vouchers.number is 'The event of this book that issued it.';
comment on column fulfilment.vouchers.turn is
    'Which of the codes that its order may have: the first that no other voucher had.';

-- The goods of a voucher were handed out: where, when and by whom.
create table fulfilment.redemptions (
    book        bigint not null,
    order_id    bigint not null,
    number      bigint not null,
    store_id    bigint not null,
    staff_id    bigint not null,
    redeemed_at timestamptz not null,
    primary key (book, order_id),
    foreign key (book, order_id) references fulfilment.vouchers
);
comment on column fulfilment.redemptions.number is 'The event of this book that was it.';

-- What was handed out: what was bought, less what had been refunded before.
create table fulfilment.handed_out (
    book     bigint  not null,
    order_id bigint  not null,
    sku_id   bigint  not null,
    quantity integer not null,
    primary key (book, order_id, sku_id),
    foreign key (book, order_id) references fulfilment.redemptions,
    constraint something_is_handed_out check (quantity >= 1)
);

-- Codes that somebody of the staff tried and that no voucher of his shop has.
create table fulfilment.wrong_codes (
    book     bigint not null,
    number   bigint not null,
    staff_id bigint not null,
    tried_at timestamptz not null,
    primary key (book, number)
);
comment on column fulfilment.wrong_codes.number is 'The event of this book that tried it.';
create index wrong_codes_of_a_member on fulfilment.wrong_codes (book, staff_id, tried_at);

-- Orders of which nothing is handed out while a cause holds: who asked money back for what was
-- not sent may not also take it away.
create table fulfilment.withheld (
    book     bigint not null,
    cause_id bigint not null,
    order_id bigint not null,
    primary key (book, cause_id),
    foreign key (book, order_id) references trade.orders
);
comment on column fulfilment.withheld.cause_id is 'What withholds it: an after-sale case.';
create index withheld_orders on fulfilment.withheld (book, order_id);

create trigger vouchers_are_for_ever before update or delete on fulfilment.vouchers
    for each row execute function kernel.refuse_change();
create trigger redemptions_are_for_ever before update or delete on fulfilment.redemptions
    for each row execute function kernel.refuse_change();
create trigger handed_out_is_for_ever before update or delete on fulfilment.handed_out
    for each row execute function kernel.refuse_change();
create trigger wrong_codes_are_for_ever before update or delete on fulfilment.wrong_codes
    for each row execute function kernel.refuse_change();

create view fulfilment.every_pickup_has_its_voucher with (security_invoker) as
select placed.book, placed.order_id, placed.state, voucher.issued_at
  from trade.orders as placed
  left join fulfilment.vouchers as voucher
    on voucher.book = placed.book and voucher.order_id = placed.order_id
 where placed.delivery = 'pickup'
   and case when placed.state = 'ready_for_pickup' then voucher.order_id is null
            when placed.state in ('awaiting_payment', 'closing') then voucher.order_id is not null
            when placed.state = 'paid'
                then exists (select from trade.order_steps as step
                              where step.book = placed.book and step.order_id = placed.order_id
                                and step.state = 'paid'
                                and step.at < now() - interval '10 minutes')
            else false end;

create view fulfilment.goods_are_handed_out_once_and_by_somebody with (security_invoker) as
select coalesce(step.book, redeemed.book) as book,
       coalesce(step.order_id, redeemed.order_id) as order_id, step.times, redeemed.staff_id
  from (select book, order_id, count(*) as times, max(actor_id) as actor_id
          from trade.order_steps where reason = 'voucher_redeemed'
         group by book, order_id) as step
  full join fulfilment.redemptions as redeemed
    on redeemed.book = step.book and redeemed.order_id = step.order_id
 where step.times is distinct from 1 or redeemed.staff_id is distinct from step.actor_id;

create view fulfilment.what_is_handed_out_was_paid_and_not_refunded with (security_invoker) as
select redeemed.book, redeemed.order_id, coalesce(due.sku_id, given.sku_id) as sku_id,
       due.quantity as due, given.quantity as handed_out
  from fulfilment.redemptions as redeemed
  join trade.orders as placed
    on placed.book = redeemed.book and placed.order_id = redeemed.order_id
  left join lateral (
       select line.sku_id, sum(line.quantity) - coalesce((
                  select sum(back.amount) from ledger.transfers as back
                   where back.book = redeemed.book and back.giver_kind = 'customer'
                     and back.giver = redeemed.order_id and back.unit = line.sku_id
                     and back.reason = 'after_sale_unsent'), 0) as quantity
         from trade.order_lines as line
        where line.book = redeemed.book and line.order_id = redeemed.order_id
        group by line.sku_id) as due on due.quantity > 0
  full join fulfilment.handed_out as given
    on given.book = redeemed.book and given.order_id = redeemed.order_id
   and given.sku_id = due.sku_id
 where due.quantity is distinct from given.quantity;

insert into kernel.promises (promise, sentence, examined) values
    ('fulfilment.every_pickup_has_its_voucher',
     'An order that waits in a store has a voucher, and no order has one before it is paid.',
     'trade.orders'),
    ('fulfilment.goods_are_handed_out_once_and_by_somebody',
     'Goods leave a store for a code once, and whoever handed them out is known.',
     'fulfilment.redemptions'),
    ('fulfilment.what_is_handed_out_was_paid_and_not_refunded',
     'A store hands out exactly what was bought, less what was refunded before.',
     'fulfilment.handed_out');

alter table fulfilment.vouchers enable row level security;
alter table fulfilment.vouchers force row level security;
create policy one_book on fulfilment.vouchers
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy whoever_sees_the_order_sees_its_voucher on fulfilment.vouchers for select
    using (exists (select from trade.orders as placed
                    where placed.book = vouchers.book and placed.order_id = vouchers.order_id));
create policy the_verifier_sees_all on fulfilment.vouchers for select
    to jishi_verifier using (true);

alter table fulfilment.redemptions enable row level security;
alter table fulfilment.redemptions force row level security;
create policy one_book on fulfilment.redemptions
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy whoever_sees_the_order_sees_its_end on fulfilment.redemptions for select
    using (exists (select from trade.orders as placed
                    where placed.book = redemptions.book
                      and placed.order_id = redemptions.order_id));
create policy the_verifier_sees_all on fulfilment.redemptions for select
    to jishi_verifier using (true);

alter table fulfilment.handed_out enable row level security;
alter table fulfilment.handed_out force row level security;
create policy one_book on fulfilment.handed_out
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on fulfilment.handed_out for select
    to jishi_verifier using (true);

alter table fulfilment.wrong_codes enable row level security;
alter table fulfilment.wrong_codes force row level security;
create policy one_book on fulfilment.wrong_codes
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));

-- Whoever tried a wrong code is told when it is another shop's, and nothing else of it.
create function fulfilment.of_another_shop(of_book bigint, codes text[])
    returns table (digest text)
    language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    select voucher.digest from fulfilment.vouchers as voucher
     where voucher.digest = any(codes) and voucher.book <> of_book
$$;
create index vouchers_of_any_shop on fulfilment.vouchers (digest);
alter function fulfilment.of_another_shop(bigint, text[]) owner to jishi_verifier;
revoke execute on function fulfilment.of_another_shop(bigint, text[]) from public;
grant execute on function fulfilment.of_another_shop(bigint, text[]) to jishi_app;

grant select, insert on fulfilment.vouchers, fulfilment.redemptions, fulfilment.handed_out,
    fulfilment.wrong_codes to jishi_app;
grant select on fulfilment.vouchers, fulfilment.redemptions, fulfilment.handed_out,
    fulfilment.every_pickup_has_its_voucher, fulfilment.goods_are_handed_out_once_and_by_somebody,
    fulfilment.what_is_handed_out_was_paid_and_not_refunded to jishi_verifier;

alter table fulfilment.withheld enable row level security;
alter table fulfilment.withheld force row level security;
create policy one_book on fulfilment.withheld
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on fulfilment.withheld for select
    to jishi_verifier using (true);
grant select, insert, delete on fulfilment.withheld to jishi_app;
grant select on fulfilment.withheld to jishi_verifier;
