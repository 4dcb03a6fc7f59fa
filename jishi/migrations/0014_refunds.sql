-- Refunds: money back the way it came, once for each number.
insert into ledger.kinds (kind, unit_name, is_bounded) values
    ('refunding', 'CNY', true); -- asked back of an order's escrow, not yet with who paid

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
    primary key (book, refund_id),
    constraint a_refund_is_of_an_attempt foreign key (book, attempt_id) references money.attempts,
    constraint a_refund_gives_something check (amount_fen > 0),
    constraint a_refund_is_for_a_known_reason check (
        reason in ('after_sale', 'late_payment', 'cancelled', 'operator', 'external')),
    constraint a_refund_is_in_a_known_state check (
        state in ('asked', 'succeeded', 'abnormal', 'closed')),
    constraint what_has_ended_says_when check ((state = 'asked') = (ended_at is null))
);
comment on column money.refunds.cause_id is
    'What it is for in the domain that asked: an after-sale case, an order; 0 when nothing.';
create index refunds_of_an_order on money.refunds (book, order_id);
create index refunds_to_look_for on money.refunds (look_at) where state = 'asked';
create index attempts_of_an_order on money.attempts (book, order_id);

drop view money.every_fen_in_escrow_was_paid;
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

delete from kernel.promises where promise = 'money.every_fen_in_escrow_was_paid';
insert into kernel.promises (promise, sentence, examined) values
    ('money.every_fen_that_came_was_paid',
     'What came into escrow is what WeChat says was paid, once.', 'money.attempts'),
    ('money.every_fen_that_went_was_refunded',
     'What went back is what WeChat says was refunded, once.', 'money.refunds'),
    ('money.every_fen_set_aside_is_asked_back',
     'What is set aside for refunds is exactly what was asked back and has not gone.',
     'money.refunds'),
    ('money.no_attempt_is_refunded_beyond_what_it_paid',
     'No payment is refunded beyond what was paid.', 'money.refunds');

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

grant select, insert on money.refunds to jishi_app;
grant update (state, looks, look_at, ended_at) on money.refunds to jishi_app;
grant select on money.refunds, money.every_fen_that_came_was_paid,
    money.every_fen_that_went_was_refunded, money.every_fen_set_aside_is_asked_back,
    money.no_attempt_is_refunded_beyond_what_it_paid to jishi_verifier;

create or replace view trade.every_paid_order_has_its_money with (security_invoker) as
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
 where not case when placed.state in ('awaiting_payment', 'closing') then came.amount is null
                when placed.state = 'closed'
                    then coalesce(came.amount, 0) - coalesce(late.amount, 0)
                         in (0, placed.total_fen)
                else coalesce(came.amount, 0) - coalesce(late.amount, 0) = placed.total_fen end;
