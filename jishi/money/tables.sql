-- Money: attempts to pay, and what came in that pays nothing here.
create schema money;

insert into ledger.kinds (kind, unit_name, is_bounded) values
    ('wechat', 'CNY', false), -- the world that money comes from
    ('escrow', 'CNY', true),  -- what was paid for an order; its holder is the order
    ('refunding', 'CNY', true); -- asked back of an order's escrow, not yet with who paid

-- An attempt to pay an order through WeChat Pay: for how much, to whom, and how it stands.
create table money.attempts (
    book           bigint not null,
    attempt_id     bigint not null,
    order_id       bigint not null,
    appid          text   not null,
    mchid          text   not null,
    amount_fen     bigint not null,
    code_url       text   not null default '',
    transaction_id text   not null default '',
    state          text   not null default 'open',
    started_at     timestamptz not null,
    way            text   not null default 'native',
    combined       jsonb,
    primary key (book, attempt_id),
    constraint an_attempt_is_for_something check (amount_fen > 0),
    constraint an_attempt_is_in_a_known_state check (state in ('open', 'paid', 'closed')),
    constraint what_is_paid_names_its_transaction check (
        (state = 'paid') = (transaction_id <> '')),
    constraint an_attempt_is_paid_in_a_known_way check (way in ('native', 'h5', 'jsapi'))
);
comment on column money.attempts.code_url is
    'What it is paid by: the text of the code, the link, or the id that opens the sheet.';
create index attempts_of_a_combined_payment on money.attempts ((combined ->> 'combined_id'))
    where combined is not null;
comment on column money.attempts.combined is
    'The payment over several shops that it is a part of, with all its parts; none when alone.';
create unique index an_order_has_one_open_attempt on money.attempts (book, order_id)
    where state = 'open';

-- What WeChat vouches for and no open attempt agrees with: somebody must look at it.
create table money.exceptions (
    book           bigint not null,
    number         bigint not null,
    out_trade_no   text   not null,
    transaction_id text   not null,
    appid          text   not null,
    mchid          text   not null,
    amount_fen     bigint not null,
    currency       text   not null,
    reason         text   not null,
    told_at        timestamptz not null,
    primary key (book, number)
);
comment on column money.exceptions.number is 'The event of this book that told of it.';

create trigger exceptions_are_for_ever before update or delete on money.exceptions
    for each row execute function kernel.refuse_change();

-- A refund: how much of which attempt, what for, and how it stands at WeChat.
create table money.refunds (
    book       bigint  not null,
    refund_id  bigint  not null,
    order_id   bigint  not null,
    attempt_id bigint  not null,
    amount_fen bigint  not null,
    reason     text    not null,
    cause_id   bigint  not null,
    state      text    not null default 'asked',
    looks      integer not null default 0,
    asked_at   timestamptz not null,
    look_at    timestamptz not null,
    ended_at   timestamptz,
    debt_fen   bigint  not null default 0,
    primary key (book, refund_id),
    constraint a_refund_is_of_an_attempt foreign key (book, attempt_id) references money.attempts,
    constraint a_refund_gives_something check (amount_fen > 0),
    constraint a_refund_is_for_a_known_reason check (
        reason in ('after_sale', 'late_payment', 'cancelled', 'operator', 'external')),
    constraint a_refund_is_in_a_known_state check (
        state in ('asked', 'succeeded', 'abnormal', 'closed')),
    constraint what_has_ended_says_when check ((state = 'asked') = (ended_at is null)),
    constraint a_debt_is_a_part_of_its_refund check (debt_fen between 0 and amount_fen)
);
comment on column money.refunds.debt_fen is
    'What of it was settled already: from then on the shop owes it.';
comment on column money.refunds.cause_id is
    'What it is for in the domain that asked: an after-sale case, an order; 0 when nothing.';
create index refunds_of_an_order on money.refunds (book, order_id);
create index refunds_to_look_for on money.refunds (look_at) where state = 'asked';
create index attempts_of_an_order on money.attempts (book, order_id);

create view money.every_combined_payment_is_taken_whole with (security_invoker) as
select part.book, part.attempt_id, part.order_id, part.state
  from money.attempts as part
 where part.combined is not null and part.state <> 'paid'
   and part.started_at < now() - interval '1 hour'
   and exists (select from money.attempts as other
                where other.combined ->> 'combined_id' = part.combined ->> 'combined_id'
                  and other.state = 'paid')
   and not exists (select from money.exceptions as told
                    where told.book = part.book
                      and told.out_trade_no = lpad(to_hex(part.book), 16, '0')
                                              || lpad(to_hex(part.attempt_id), 16, '0'));

create view money.every_fen_that_came_was_paid with (security_invoker) as
select coalesce(came.book, paid.book) as book, coalesce(came.order_id, paid.order_id) as order_id,
       coalesce(came.amount, 0) as came_fen, coalesce(paid.amount_fen, 0) as paid_fen
  from (select book, taker as order_id, sum(amount) as amount from ledger.transfers
         where giver_kind = 'wechat' and taker_kind = 'escrow' group by book, taker) as came
  full join (select book, order_id, sum(amount_fen) as amount_fen
               from money.attempts where state = 'paid' group by book, order_id) as paid
    on paid.book = came.book and paid.order_id = came.order_id
 where coalesce(came.amount, 0) <> coalesce(paid.amount_fen, 0);

create view money.every_fen_that_went_was_refunded with (security_invoker) as
select coalesce(went.book, ended.book) as book, coalesce(went.order_id, ended.order_id) as order_id,
       coalesce(went.amount, 0) as went_fen, coalesce(ended.amount_fen, 0) as refunded_fen
  from (select book, giver as order_id, sum(amount) as amount from ledger.transfers
         where giver_kind = 'refunding' and taker_kind = 'wechat' group by book, giver) as went
  full join (select book, order_id, sum(amount_fen) as amount_fen
               from money.refunds where state = 'succeeded' group by book, order_id) as ended
    on ended.book = went.book and ended.order_id = went.order_id
 where coalesce(went.amount, 0) <> coalesce(ended.amount_fen, 0);

create view money.every_fen_set_aside_is_asked_back with (security_invoker) as
select coalesce(account.book, asked.book) as book,
       coalesce(account.holder, asked.order_id) as order_id,
       coalesce(account.balance, 0) as aside_fen, coalesce(asked.amount_fen, 0) as asked_fen
  from (select book, holder, balance from ledger.accounts where kind = 'refunding') as account
  full join (select book, order_id, sum(amount_fen) as amount_fen
               from money.refunds where state in ('asked', 'abnormal')
              group by book, order_id) as asked
    on asked.book = account.book and asked.order_id = account.holder
 where coalesce(account.balance, 0) <> coalesce(asked.amount_fen, 0);

create view money.no_attempt_is_refunded_beyond_what_it_paid with (security_invoker) as
select attempt.book, attempt.attempt_id, attempt.amount_fen, sum(refund.amount_fen) as back_fen
  from money.attempts as attempt
  join money.refunds as refund
    on refund.book = attempt.book and refund.attempt_id = attempt.attempt_id
 where refund.state <> 'closed'
 group by attempt.book, attempt.attempt_id, attempt.amount_fen, attempt.state
having sum(refund.amount_fen) > case when attempt.state = 'paid' then attempt.amount_fen else 0 end;

insert into kernel.promises (promise, sentence, examined) values
    ('money.every_fen_that_came_was_paid',
     'What came into escrow is what WeChat says was paid, once.', 'money.attempts'),
    ('money.every_combined_payment_is_taken_whole',
     'When a part of a payment over several shops is taken, all are within the hour, or told of.',
     'money.attempts'),
    ('money.every_fen_that_went_was_refunded',
     'What went back is what WeChat says was refunded, once.', 'money.refunds'),
    ('money.every_fen_set_aside_is_asked_back',
     'What is set aside for refunds is exactly what was asked back and has not gone.',
     'money.refunds'),
    ('money.no_attempt_is_refunded_beyond_what_it_paid',
     'No payment is refunded beyond what was paid.', 'money.refunds');

alter table money.attempts enable row level security;
alter table money.attempts force row level security;
create policy one_book on money.attempts
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on money.attempts for select to jishi_verifier using (true);

alter table money.exceptions enable row level security;
alter table money.exceptions force row level security;
create policy one_book on money.exceptions
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on money.exceptions for select to jishi_verifier using (true);

-- Settlement: what a completed order's money becomes, at which rates.
insert into ledger.kinds (kind, unit_name, is_bounded) values
    ('payable', 'CNY', true), -- what is the shop's, settled and not yet stated to it
    ('fees', 'CNY', false);   -- what was taken of sales: by WeChat (holder 0), by the market (1)

-- What WeChat and the market take of a shop's sales. Each setting is a new row; the newest holds.
create table money.rates (
    book           bigint  not null,
    number         bigint  not null,
    wechat_bps     integer not null,
    commission_bps integer not null,
    set_at         timestamptz not null,
    primary key (book, number),
    constraint rates_leave_something check (
        wechat_bps between 0 and 7000 and commission_bps between 0 and 3000)
);
comment on column money.rates.wechat_bps is 'In basis points: 60 are 0.60 percent.';

-- What became of an order's money, once: what was paid and not refunded, and who has it.
create table money.settlements (
    book           bigint not null,
    order_id       bigint not null,
    number         bigint not null,
    paid_fen       bigint not null,
    refunded_fen   bigint not null,
    fee_fen        bigint not null,
    commission_fen bigint not null,
    net_fen        bigint not null,
    settled_at     timestamptz not null,
    primary key (book, order_id),
    constraint a_settlement_is_one_event unique (book, number),
    constraint a_settlement_explains_every_fen check (
        paid_fen - refunded_fen = fee_fen + commission_fen + net_fen),
    constraint a_settlement_takes_from_nobody check (
        refunded_fen >= 0 and fee_fen >= 0 and commission_fen >= 0 and net_fen >= 0)
);

create index paid_attempts_of_an_order on money.attempts (book, order_id) where state = 'paid';

create trigger rates_are_for_ever before update or delete on money.rates
    for each row execute function kernel.refuse_change();
create trigger settlements_are_for_ever before update or delete on money.settlements
    for each row execute function kernel.refuse_change();

create view money.every_settlement_is_in_the_ledger with (security_invoker) as
with moved as (
    select book, giver as order_id,
           coalesce(sum(amount) filter (where taker_kind = 'payable'), 0) as net_fen,
           coalesce(sum(amount) filter (where taker_kind = 'fees' and taker = 0), 0) as fee_fen,
           coalesce(sum(amount) filter (where taker_kind = 'fees' and taker = 1), 0)
               as commission_fen
      from ledger.transfers
     where giver_kind = 'escrow' and taker_kind in ('payable', 'fees')
     group by book, giver
)
select book, order_id, settled.net_fen, moved.net_fen as moved_net_fen, settled.fee_fen,
       moved.fee_fen as moved_fee_fen, settled.commission_fen,
       moved.commission_fen as moved_commission_fen
  from money.settlements as settled
  full join moved using (book, order_id)
 where (settled.net_fen, settled.fee_fen, settled.commission_fen)
       is distinct from (moved.net_fen, moved.fee_fen, moved.commission_fen);

insert into kernel.promises (promise, sentence, examined) values
    ('money.every_settlement_is_in_the_ledger',
     'What a settlement says is what the ledger moved.', 'ledger.transfers');

alter table money.rates enable row level security;
alter table money.rates force row level security;
create policy one_book on money.rates
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on money.rates for select to jishi_verifier using (true);

alter table money.settlements enable row level security;
alter table money.settlements force row level security;
create policy one_book on money.settlements
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on money.settlements for select to jishi_verifier using (true);
alter table money.refunds enable row level security;
alter table money.refunds force row level security;
create policy one_book on money.refunds
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on money.refunds for select to jishi_verifier using (true);

-- The clock sees only which refunds are to be looked for, in no book.
create function money.refunds_due(refunds_max integer)
    returns table (book bigint, refund_id bigint, looks integer)
    language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    select refund.book, refund.refund_id, refund.looks from money.refunds as refund
     where refund.state = 'asked' and refund.look_at <= clock_timestamp()
     order by refund.look_at limit refunds_max
$$;
alter function money.refunds_due(integer) owner to jishi_verifier;
revoke execute on function money.refunds_due(integer) from public;
grant execute on function money.refunds_due(integer) to jishi_app;

grant usage on schema money to jishi_app, jishi_verifier;
grant select, insert on money.attempts, money.exceptions, money.refunds to jishi_app;
grant update (state, looks, look_at, ended_at) on money.refunds to jishi_app;
grant update (state, transaction_id, code_url, way) on money.attempts to jishi_app;
grant select, insert on money.rates, money.settlements to jishi_app;
grant select on all tables in schema money to jishi_verifier;
