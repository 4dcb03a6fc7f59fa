-- After-sale: what is wanted back for what was bought, and the path of each case.
create schema after_sale;

insert into ledger.kinds (kind, unit_name, is_bounded) values
    ('damaged', 'goods', true); -- came back and cannot be sold again; its holder is the store

-- A case: units of one line of an order, what its buyer wants for them, and where it stands.
create table after_sale.cases (
    book        bigint  not null,
    case_id     bigint  not null,
    public_id   text    not null,
    order_id    bigint  not null,
    position    integer not null,
    buyer_id    bigint  not null,
    kind        text    not null,
    reason      text    not null,
    story       text    not null,
    quantity    integer not null,
    goods_fen   bigint  not null,
    freight_fen bigint  not null,
    refund_fen  bigint  not null,
    is_shipped  boolean not null,
    is_replaced boolean not null default false,
    attempts    integer not null default 1,
    state       text    not null default 'seller_review',
    opened_at   timestamptz not null,
    act_until   timestamptz,
    primary key (book, case_id),
    foreign key (book, order_id, position) references trade.order_lines,
    constraint an_address_leads_to_one_case unique (book, public_id),
    constraint a_case_wants_a_known_thing check (
        kind in ('refund_only', 'return_and_refund', 'exchange')),
    constraint a_case_is_in_a_known_state check (
        state in ('seller_review', 'seller_rejected', 'buyer_to_return', 'seller_to_receive',
                  'seller_refused_goods', 'exchange_shipping', 'dispute', 'refunding',
                  'refund_stuck', 'done', 'closed')),
    constraint a_case_is_about_something check (quantity between 1 and 999),
    constraint a_claim_is_not_negative check (goods_fen >= 0 and freight_fen >= 0),
    constraint a_refund_is_within_its_claim check (
        refund_fen between 0 and goods_fen + freight_fen),
    constraint a_story_is_short check (char_length(story) <= 500),
    constraint a_case_is_asked_a_few_times check (attempts between 1 and 5),
    constraint what_was_not_sent_is_only_refunded check (is_shipped or kind = 'refund_only')
) with (fillfactor = 80);
comment on column after_sale.cases.story is 'What the buyer says of it, in his own words.';
comment on column after_sale.cases.goods_fen is
    'The worth of its units, which no other case may claim; with freight_fen the most it may cost.';
comment on column after_sale.cases.is_shipped is 'Whether its order had been sent when it began.';
comment on column after_sale.cases.is_replaced is 'Whether other goods were sent instead.';
comment on column after_sale.cases.act_until is
    'When it goes on by itself; none where no clock runs.';
create index cases_of_an_order on after_sale.cases (book, order_id, position);
create index cases_of_a_buyer on after_sale.cases (buyer_id, case_id desc);
create index cases_of_a_shop on after_sale.cases (book, state, case_id);
create index cases_that_may_lapse on after_sale.cases (act_until) where act_until is not null;

-- What was done and said, by whom and when: the negotiation, for ever.
create table after_sale.steps (
    book     bigint not null,
    case_id  bigint not null,
    number   bigint not null,
    state    text   not null,
    at       timestamptz not null,
    doer     text   not null,
    actor_id bigint not null,
    deed     text   not null,
    note     text   not null,
    primary key (book, case_id, number),
    constraint a_step_is_taken_by_somebody check (
        doer in ('buyer', 'seller', 'operator', 'clock', 'money')),
    constraint a_note_is_short check (char_length(note) <= 500)
);
comment on column after_sale.steps.number is 'The event of this book that took it.';

-- Parcels of a case: goods on their way back, or others on their way out.
create table after_sale.parcels (
    book            bigint not null,
    case_id         bigint not null,
    number          bigint not null,
    sender          text   not null,
    carrier         text   not null,
    tracking_number text   not null,
    primary key (book, case_id, number),
    constraint a_parcel_is_sent_by_buyer_or_seller check (sender in ('buyer', 'seller')),
    constraint a_parcel_can_be_traced check (
        char_length(carrier) between 1 and 40 and char_length(tracking_number) between 1 and 40)
);
comment on column after_sale.parcels.number is 'The event of this book that told of it.';

-- What came back, counted by hand: good enough to be sold again, or not.
create table after_sale.receipts (
    book    bigint  not null,
    case_id bigint  not null,
    number  bigint  not null,
    good    integer not null,
    damaged integer not null,
    primary key (book, case_id),
    constraint something_came_back check (good >= 0 and damaged >= 0 and good + damaged >= 1)
);
comment on column after_sale.receipts.number is 'The event of this book that counted it.';

create trigger steps_are_for_ever before update or delete on after_sale.steps
    for each row execute function kernel.refuse_change();
create trigger parcels_are_for_ever before update or delete on after_sale.parcels
    for each row execute function kernel.refuse_change();
create trigger receipts_are_for_ever before update or delete on after_sale.receipts
    for each row execute function kernel.refuse_change();

create view after_sale.no_unit_is_claimed_twice with (security_invoker) as
select line.book, line.order_id, line.position, line.quantity, line.paid_fen,
       sum(wanted.quantity) as claimed, sum(wanted.goods_fen) as claimed_fen
  from after_sale.cases as wanted
  join trade.order_lines as line
    on line.book = wanted.book and line.order_id = wanted.order_id
   and line.position = wanted.position
 where wanted.state <> 'closed' and not (wanted.is_replaced and wanted.state = 'done')
 group by line.book, line.order_id, line.position
having sum(wanted.quantity) > line.quantity or sum(wanted.goods_fen) > line.paid_fen;

create view after_sale.no_order_gives_back_more_than_was_paid with (security_invoker) as
select placed.book, placed.order_id, placed.total_fen, sum(wanted.refund_fen) as refund_fen
  from after_sale.cases as wanted
  join trade.orders as placed
    on placed.book = wanted.book and placed.order_id = wanted.order_id
 where wanted.state <> 'closed' and not (wanted.is_replaced and wanted.state = 'done')
 group by placed.book, placed.order_id
having sum(wanted.refund_fen) > placed.total_fen;

create view after_sale.every_case_stands_where_its_last_step_led with (security_invoker) as
select wanted.book, wanted.case_id, wanted.state, last.state as last_step
  from after_sale.cases as wanted
  left join lateral (select step.state from after_sale.steps as step
                      where step.book = wanted.book and step.case_id = wanted.case_id
                      order by step.number desc limit 1) as last on true
 where wanted.state is distinct from last.state;

create view after_sale.every_case_goes_on_in_time with (security_invoker) as
select wanted.book, wanted.case_id, wanted.state, wanted.act_until
  from after_sale.cases as wanted
 where wanted.act_until < now() - interval '10 minutes'
   and not exists (select from kernel.schedules as schedule
                    where schedule.name = 'after_sale.lapse_cases' and schedule.brake is not null);

create view after_sale.goods_come_back_only_as_received with (security_invoker) as
select coalesce(moved.book, due.book) as book, coalesce(moved.order_id, due.order_id) as order_id,
       coalesce(moved.sku_id, due.sku_id) as sku_id, coalesce(moved.came, 0) as came,
       coalesce(due.came, 0) as counted
  from (select book, giver as order_id, unit as sku_id, sum(amount) as came
          from ledger.transfers
         where giver_kind = 'customer' and reason in ('after_sale_unsent', 'after_sale_received')
         group by book, giver, unit) as moved
  full join (select wanted.book, wanted.order_id, line.sku_id,
                    sum(coalesce(receipt.good + receipt.damaged,
                                 wanted.quantity)) as came
               from after_sale.cases as wanted
               join trade.order_lines as line
                 on line.book = wanted.book and line.order_id = wanted.order_id
                and line.position = wanted.position
               left join after_sale.receipts as receipt
                 on receipt.book = wanted.book and receipt.case_id = wanted.case_id
              where receipt.case_id is not null
                 or (not wanted.is_shipped
                     and wanted.state in ('refunding', 'refund_stuck', 'done'))
              group by wanted.book, wanted.order_id, line.sku_id) as due
    on due.book = moved.book and due.order_id = moved.order_id and due.sku_id = moved.sku_id
 where coalesce(moved.came, 0) <> coalesce(due.came, 0);

create view after_sale.no_case_is_refunded_twice with (security_invoker) as
select wanted.book, wanted.case_id, wanted.refund_fen, sum(refund.amount_fen) as asked_fen
  from after_sale.cases as wanted
  join money.refunds as refund
    on refund.book = wanted.book and refund.cause_id = wanted.case_id
   and refund.reason = 'after_sale'
 where refund.state <> 'closed'
 group by wanted.book, wanted.case_id, wanted.refund_fen
having sum(refund.amount_fen) > wanted.refund_fen;

create view after_sale.no_case_is_done_without_its_money with (security_invoker) as
select wanted.book, wanted.case_id, wanted.refund_fen, back.amount_fen
  from after_sale.cases as wanted
  left join (select book, cause_id, sum(amount_fen) as amount_fen from money.refunds
              where reason = 'after_sale' and state = 'succeeded'
              group by book, cause_id) as back
    on back.book = wanted.book and back.cause_id = wanted.case_id
 where case when wanted.state = 'done' and not wanted.is_replaced
            then coalesce(back.amount_fen, 0) is distinct from wanted.refund_fen
            else wanted.state in ('closed', 'done') and back.amount_fen is not null end;

insert into kernel.promises (promise, sentence, examined) values
    ('after_sale.no_unit_is_claimed_twice',
     'Of each line no more is claimed, in units and in fen, than was bought and paid.',
     'after_sale.cases'),
    ('after_sale.no_order_gives_back_more_than_was_paid',
     'The cases of an order never give back more than was paid for it.', 'after_sale.cases'),
    ('after_sale.every_case_stands_where_its_last_step_led',
     'An after-sale case stands where its last step led.', 'after_sale.cases'),
    ('after_sale.every_case_goes_on_in_time',
     'No after-sale case waits longer than its clock allows.', 'after_sale.cases'),
    ('after_sale.goods_come_back_only_as_received',
     'Goods come back to the shop exactly as counted, or unsent.', 'after_sale.cases');

insert into kernel.promises (promise, sentence, examined) values
    ('after_sale.no_case_is_refunded_twice',
     'No after-sale case gives back more than was agreed, however often it is asked.',
     'after_sale.cases'),
    ('after_sale.no_case_is_done_without_its_money',
     'An after-sale case that is done has its refund, to the fen, or its replacement.',
     'after_sale.cases');

alter table after_sale.cases enable row level security;
alter table after_sale.cases force row level security;
create policy one_book on after_sale.cases
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_buyer_sees_his_own on after_sale.cases for select
    using (buyer_id = (select nullif(current_setting('jishi.person', true), '')::bigint)
           and buyer_id <> 0);
create policy the_verifier_sees_all on after_sale.cases for select to jishi_verifier using (true);

alter table after_sale.steps enable row level security;
alter table after_sale.steps force row level security;
create policy one_book on after_sale.steps
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy whoever_sees_the_case_sees_its_steps on after_sale.steps for select
    using (exists (select from after_sale.cases as wanted
                    where wanted.book = steps.book and wanted.case_id = steps.case_id));
create policy the_verifier_sees_all on after_sale.steps for select to jishi_verifier using (true);

alter table after_sale.parcels enable row level security;
alter table after_sale.parcels force row level security;
create policy one_book on after_sale.parcels
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy whoever_sees_the_case_sees_its_parcels on after_sale.parcels for select
    using (exists (select from after_sale.cases as wanted
                    where wanted.book = parcels.book and wanted.case_id = parcels.case_id));
create policy the_verifier_sees_all on after_sale.parcels for select to jishi_verifier using (true);

alter table after_sale.receipts enable row level security;
alter table after_sale.receipts force row level security;
create policy one_book on after_sale.receipts
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy whoever_sees_the_case_sees_its_receipt on after_sale.receipts for select
    using (exists (select from after_sale.cases as wanted
                    where wanted.book = receipts.book and wanted.case_id = receipts.case_id));
create policy the_verifier_sees_all on after_sale.receipts for select to jishi_verifier
    using (true);

-- The sweeper sees only when cases go on, in no book and for no person.
create function after_sale.cases_due(cases_max integer)
    returns table (book bigint, case_id bigint)
    language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    select wanted.book, wanted.case_id from after_sale.cases as wanted
     where wanted.act_until <= clock_timestamp()
     order by wanted.act_until limit cases_max
$$;
create function after_sale.cases_open() returns table (due bigint, live bigint)
    language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    select count(*) filter (where wanted.act_until <= clock_timestamp()), count(*)
      from after_sale.cases as wanted where wanted.act_until is not null
$$;
alter function after_sale.cases_due(integer) owner to jishi_verifier;
alter function after_sale.cases_open() owner to jishi_verifier;
revoke execute on function after_sale.cases_due(integer), after_sale.cases_open() from public;
grant execute on function after_sale.cases_due(integer), after_sale.cases_open() to jishi_app;

grant usage on schema after_sale to jishi_app, jishi_verifier;
grant select, insert on after_sale.cases, after_sale.steps, after_sale.parcels, after_sale.receipts
    to jishi_app;
grant update (state, act_until, kind, reason, story, refund_fen, attempts, is_replaced)
    on after_sale.cases to jishi_app;
grant select on all tables in schema after_sale to jishi_verifier;

create view after_sale.unsent_goods_are_withheld_while_a_case_is_open with (security_invoker) as
select coalesce(wanted.book, kept.book) as book, coalesce(wanted.case_id, kept.cause_id) as case_id,
       wanted.state, kept.order_id as withheld_order_id
  from (select book, case_id, order_id, state from after_sale.cases
         where not is_shipped
           and state not in ('refunding', 'refund_stuck', 'done', 'closed')) as wanted
  full join fulfilment.withheld as kept
    on kept.book = wanted.book and kept.cause_id = wanted.case_id
   and kept.order_id = wanted.order_id
 where wanted.case_id is null or kept.cause_id is null;

insert into kernel.promises (promise, sentence, examined) values
    ('after_sale.unsent_goods_are_withheld_while_a_case_is_open',
     'What was not sent is not handed out while its money is asked back.', 'after_sale.cases');
grant select on after_sale.unsent_goods_are_withheld_while_a_case_is_open to jishi_verifier;
