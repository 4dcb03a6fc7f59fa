-- What goes back late: refunds made in WeChat's own console, and after settlement.
insert into ledger.kinds (kind, unit_name, is_bounded) values
    ('debt', 'CNY', false); -- what a shop owes: given back to buyers after it was settled

-- A refund that was made in WeChat's own console: the numbers that it has there.
create table money.external_refunds (
    book             bigint not null,
    refund_id        bigint not null,
    number           bigint not null,
    out_refund_no    text   not null,
    wechat_refund_id text   not null,
    refunded_at      timestamptz not null,
    primary key (book, refund_id),
    foreign key (book, refund_id) references money.refunds,
    constraint a_refund_of_wechat_s_is_recorded_once unique (book, wechat_refund_id)
);
comment on column money.external_refunds.number is 'The event of this book that recorded it.';
comment on column money.external_refunds.out_refund_no is 'The number that WeChat made for it.';
create index external_refunds_by_their_number on money.external_refunds (book, out_refund_no);

-- What a refund after settlement took back, from whom: as if the order were settled without it.
create table money.reversals (
    book           bigint not null,
    refund_id      bigint not null,
    order_id       bigint not null,
    number         bigint not null,
    amount_fen     bigint not null,
    fee_fen        bigint not null,
    commission_fen bigint not null,
    net_fen        bigint not null,
    reversed_at    timestamptz not null,
    primary key (book, refund_id),
    foreign key (book, refund_id) references money.refunds,
    foreign key (book, order_id) references money.settlements,
    constraint a_reversal_is_one_event unique (book, number),
    constraint a_reversal_explains_every_fen check (
        amount_fen = fee_fen + commission_fen + net_fen),
    constraint a_reversal_takes_something_and_gives_nothing check (
        amount_fen > 0 and fee_fen >= 0 and commission_fen >= 0 and net_fen >= 0)
);
comment on column money.reversals.net_fen is 'What of it the shop owes.';
create index reversals_of_an_order on money.reversals (book, order_id);

-- Which statement a reversal stands in: in one, once.
create table money.statement_reversals (
    book      bigint not null,
    refund_id bigint not null,
    number    bigint not null,
    primary key (book, refund_id),
    foreign key (book, refund_id) references money.reversals,
    foreign key (book, number) references money.statements
);
create index reversals_of_a_statement on money.statement_reversals (book, number, refund_id);

create trigger external_refunds_are_for_ever before update or delete on money.external_refunds
    for each row execute function kernel.refuse_change();
create trigger reversals_are_for_ever before update or delete on money.reversals
    for each row execute function kernel.refuse_change();
create trigger statement_reversals_are_for_ever before update or delete
    on money.statement_reversals for each row execute function kernel.refuse_change();

-- Paid less refunded is held, settled or taken as a fee, less what went back after that.
create view money.every_fen_of_an_order_is_accounted_for with (security_invoker) as
with paid as (
    select book, order_id, sum(amount_fen) as fen from money.attempts where state = 'paid'
     group by book, order_id
), back as (
    select book, giver as order_id, sum(amount) as fen from ledger.transfers
     where taker_kind = 'wechat' and giver_kind in ('escrow', 'refunding') group by book, giver
), late as (
    select book, order_id, sum(debt_fen) as fen from money.refunds where state <> 'closed'
     group by book, order_id
), held as (
    select book, holder as order_id, sum(balance) as fen from ledger.accounts
     where kind in ('escrow', 'refunding') group by book, holder
)
select book, order_id, coalesce(paid.fen, 0) as paid_fen, coalesce(back.fen, 0) as refunded_fen,
       coalesce(held.fen, 0) as held_fen, coalesce(settled.net_fen, 0) as settled_fen,
       coalesce(settled.fee_fen + settled.commission_fen, 0) as fees_fen,
       coalesce(late.fen, 0) as late_fen
  from paid
  full join back using (book, order_id)
  full join held using (book, order_id)
  full join late using (book, order_id)
  full join money.settlements as settled using (book, order_id)
 where coalesce(paid.fen, 0) - coalesce(back.fen, 0)
    <> coalesce(held.fen, 0) + coalesce(settled.net_fen, 0)
       + coalesce(settled.fee_fen + settled.commission_fen, 0)
       - coalesce(late.fen, 0);

-- Its sums are those of its lines, and it carries on what the one before it left owing.
create view money.every_statement_is_the_sum_of_its_lines with (security_invoker) as
select cut.book, cut.number, cut.line_count, settled.lines, cut.net_fen,
       settled.net_fen as lines_fen, cut.reversed_fen, back.net_fen as reversals_fen,
       cut.carried_fen
  from money.statements as cut
 cross join lateral (select count(*) as lines, coalesce(sum(done.paid_fen), 0) as paid_fen,
                            coalesce(sum(done.refunded_fen), 0) as refunded_fen,
                            coalesce(sum(done.fee_fen), 0) as fee_fen,
                            coalesce(sum(done.commission_fen), 0) as commission_fen,
                            coalesce(sum(done.net_fen), 0) as net_fen
                       from money.statement_lines as line
                       join money.settlements as done
                         on done.book = line.book and done.order_id = line.order_id
                      where line.book = cut.book and line.number = cut.number) as settled
 cross join lateral (select count(*) as lines, coalesce(sum(undone.net_fen), 0) as net_fen
                       from money.statement_reversals as line
                       join money.reversals as undone
                         on undone.book = line.book and undone.refund_id = line.refund_id
                      where line.book = cut.book and line.number = cut.number) as back
  left join lateral (select last.carried_fen + last.reversed_fen - last.netted_fen as owing_fen
                       from money.statements as last
                      where last.book = cut.book and last.number < cut.number
                      order by last.number desc limit 1) as before on true
 where (cut.line_count, cut.paid_fen, cut.refunded_fen, cut.fee_fen, cut.commission_fen,
        cut.net_fen)
       is distinct from (settled.lines, settled.paid_fen, settled.refunded_fen, settled.fee_fen,
                         settled.commission_fen, settled.net_fen)
    or (cut.reversal_count, cut.reversed_fen) is distinct from (back.lines, back.net_fen)
    or cut.carried_fen <> coalesce(before.owing_fen, 0);

-- Of a shop: settled is stated or still payable; what was stated was handed over or netted.
create view money.every_shop_has_what_was_settled with (security_invoker) as
with settled as (
    select book, sum(net_fen) as fen from money.settlements group by book
), stated as (
    select book, sum(net_fen) as fen, sum(netted_fen) as netted_fen
      from money.statements group by book
), payable as (
    select book, sum(balance) as fen from ledger.accounts where kind = 'payable' group by book
), given as (
    select book, sum(amount) filter (where taker_kind = 'shop') as fen,
           sum(amount) filter (where taker_kind = 'debt') as netted_fen
      from ledger.transfers
     where giver_kind = 'payable' and taker_kind in ('shop', 'debt') group by book
)
select book, coalesce(settled.fen, 0) as settled_fen, coalesce(stated.fen, 0) as stated_fen,
       coalesce(payable.fen, 0) as payable_fen, coalesce(given.fen, 0) as given_fen,
       coalesce(stated.netted_fen, 0) as netted_fen
  from settled
  full join stated using (book)
  full join payable using (book)
  full join given using (book)
 where coalesce(settled.fen, 0) <> coalesce(payable.fen, 0) + coalesce(stated.fen, 0)
    or coalesce(stated.fen, 0) - coalesce(stated.netted_fen, 0) <> coalesce(given.fen, 0)
    or coalesce(stated.netted_fen, 0) <> coalesce(given.netted_fen, 0);

-- A shop owes what went back after settlement, is on its way back, and was not netted yet.
create view money.every_debt_is_of_refunds_after_settlement with (security_invoker) as
with owed as (
    select book, -sum(amount) as fen from ledger.ends where kind = 'debt' group by book
), going as (
    select book, sum(debt_fen) as fen from money.refunds
     where state in ('asked', 'abnormal') group by book
), gone as (
    select book, sum(net_fen) as fen from money.reversals group by book
), netted as (
    select book, sum(netted_fen) as fen from money.statements group by book
)
select book, coalesce(owed.fen, 0) as owed_fen, coalesce(going.fen, 0) as going_fen,
       coalesce(gone.fen, 0) as gone_fen, coalesce(netted.fen, 0) as netted_fen
  from owed
  full join going using (book)
  full join gone using (book)
  full join netted using (book)
 where coalesce(owed.fen, 0)
    <> coalesce(going.fen, 0) + coalesce(gone.fen, 0) - coalesce(netted.fen, 0);

create view money.every_refund_after_settlement_is_reversed with (security_invoker) as
with returned as (
    select book, number, coalesce(sum(amount) filter (where giver = 0), 0) as fee_fen,
           coalesce(sum(amount) filter (where giver = 1), 0) as commission_fen
      from ledger.transfers
     where giver_kind = 'fees' and taker_kind = 'debt' group by book, number
)
select refund.book, refund.refund_id, refund.debt_fen, undone.amount_fen, undone.fee_fen,
       returned.fee_fen as returned_fee_fen, undone.commission_fen,
       returned.commission_fen as returned_commission_fen
  from money.refunds as refund
  full join money.reversals as undone
    on undone.book = refund.book and undone.refund_id = refund.refund_id
  full join returned on returned.book = undone.book and returned.number = undone.number
 where coalesce(undone.amount_fen, 0)
    <> case when refund.state = 'succeeded' then refund.debt_fen else 0 end
    or coalesce(undone.fee_fen, 0) <> coalesce(returned.fee_fen, 0)
    or coalesce(undone.commission_fen, 0) <> coalesce(returned.commission_fen, 0);

create view money.no_settlement_is_reversed_beyond_itself with (security_invoker) as
select undone.book, undone.order_id, settled.net_fen, sum(undone.net_fen) as reversed_fen
  from money.reversals as undone
  join money.settlements as settled
    on settled.book = undone.book and settled.order_id = undone.order_id
 group by undone.book, undone.order_id, settled.net_fen, settled.fee_fen, settled.commission_fen
having sum(undone.net_fen) > settled.net_fen or sum(undone.fee_fen) > settled.fee_fen
    or sum(undone.commission_fen) > settled.commission_fen;

create view money.every_refund_made_elsewhere_says_where with (security_invoker) as
select refund.book, refund.refund_id, refund.state, elsewhere.wechat_refund_id
  from money.refunds as refund
  full join money.external_refunds as elsewhere
    on elsewhere.book = refund.book and elsewhere.refund_id = refund.refund_id
 where (refund.reason = 'external') is distinct from (elsewhere.refund_id is not null)
    or (elsewhere.refund_id is not null and refund.state <> 'succeeded');

insert into kernel.promises (promise, sentence, examined) values
    ('money.every_fen_of_an_order_is_accounted_for',
     'What was paid and not refunded is held, settled or taken as a fee, to the fen.',
     'money.attempts'),
    ('money.every_debt_is_of_refunds_after_settlement',
     'A shop owes exactly what went back after settlement and was not netted yet.',
     'money.refunds'),
    ('money.every_refund_after_settlement_is_reversed',
     'What a refund after settlement took back is what the ledger moved, to the fen.',
     'money.refunds'),
    ('money.no_settlement_is_reversed_beyond_itself',
     'Of a settlement no more is taken back than it gave.', 'money.refunds'),
    ('money.every_refund_made_elsewhere_says_where',
     'A refund that was made in WeChat''s own console is recorded under its number there.',
     'money.refunds');

alter table money.external_refunds enable row level security;
alter table money.external_refunds force row level security;
create policy one_book on money.external_refunds
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on money.external_refunds for select
    to jishi_verifier using (true);

alter table money.reversals enable row level security;
alter table money.reversals force row level security;
create policy one_book on money.reversals
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on money.reversals for select to jishi_verifier using (true);

alter table money.statement_reversals enable row level security;
alter table money.statement_reversals force row level security;
create policy one_book on money.statement_reversals
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on money.statement_reversals for select to jishi_verifier
    using (true);

grant select, insert on money.external_refunds, money.reversals, money.statement_reversals
    to jishi_app;
grant select on money.external_refunds, money.reversals, money.statement_reversals,
    money.every_debt_is_of_refunds_after_settlement,
    money.every_refund_after_settlement_is_reversed,
    money.no_settlement_is_reversed_beyond_itself,
    money.every_refund_made_elsewhere_says_where to jishi_verifier;
grant select on money.every_fen_of_an_order_is_accounted_for,
    money.every_statement_is_the_sum_of_its_lines,
    money.every_shop_has_what_was_settled to jishi_verifier;
