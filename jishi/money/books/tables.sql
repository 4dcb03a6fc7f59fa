-- Books: WeChat's bills of each day, where the ledger disagrees, and statements of account.
-- A day of WeChat's bill for this book, compared with the ledger; once.
create table money.bill_days (
    book         bigint  not null,
    billed_on    date    not null,
    number       bigint  not null,
    line_count   integer not null,
    paid_fen     bigint  not null,
    refunded_fen bigint  not null,
    fee_fen      bigint  not null,
    read_at      timestamptz not null,
    flow_count   integer,
    primary key (book, billed_on)
);
comment on column money.bill_days.billed_on is 'China''s day, as WeChat''s bills have it.';
comment on column money.bill_days.flow_count is
    'So many lines of the fund bill were compared with it; none when there was no such bill.';

-- The lines of the bill as they came: payments and refunds.
create table money.bill_lines (
    book           bigint  not null,
    billed_on      date    not null,
    position       integer not null,
    kind           text    not null,
    subject_id     bigint  not null,
    out_number     text    not null,
    transaction_id text    not null,
    amount_fen     bigint  not null,
    fee_fen        bigint  not null,
    state          text    not null,
    traded_at      timestamptz not null,
    out_trade_no   text not null default '',
    wechat_refund_id text not null default '',
    primary key (book, billed_on, position),
    foreign key (book, billed_on) references money.bill_days,
    constraint a_line_is_a_payment_or_a_refund check (kind in ('payment', 'refund'))
);
comment on column money.bill_lines.subject_id is
    'The attempt or the refund that our number names; 0 when it names none.';
comment on column money.bill_lines.out_trade_no is 'The number of the payment, of refunds too.';
comment on column money.bill_lines.wechat_refund_id is 'WeChat''s own number of a refund.';
create index bill_lines_of_a_payment on money.bill_lines (book, subject_id);

-- Where a bill and the ledger disagree.
create table money.differences (
    book           bigint  not null,
    number         bigint  not null,
    position       integer not null,
    billed_on      date    not null,
    kind           text    not null,
    out_number     text    not null,
    transaction_id text    not null,
    ours_fen       bigint,
    theirs_fen     bigint,
    found_at       timestamptz not null,
    primary key (book, number, position),
    foreign key (book, billed_on) references money.bill_days,
    constraint a_difference_is_of_a_known_kind check (
        kind in ('only_ours', 'only_theirs', 'amount', 'fee', 'state', 'twice', 'cross_day',
                 'flow_missing', 'flow_extra', 'flow_amount', 'flow_fee', 'flow_twice')),
    constraint a_difference_has_a_side check (ours_fen is not null or theirs_fen is not null)
);
comment on column money.differences.number is 'The event of this book that found it.';

-- How a difference ended: by a later bill, by a payment taken since, or by a person with a reason.
create table money.resolutions (
    book     bigint  not null,
    number   bigint  not null,
    position integer not null,
    ended_by bigint  not null,
    how      text    not null,
    note     text    not null,
    actor_id bigint  not null,
    ended_at timestamptz not null,
    primary key (book, number, position),
    foreign key (book, number, position) references money.differences,
    constraint a_difference_ends_in_a_known_way check (
        how in ('later_bill', 'taken_since', 'explained')),
    constraint a_person_says_why check ((how = 'explained') = (note <> ''))
);
comment on column money.resolutions.ended_by is 'The event of this book that ended it.';

-- What persons said of a difference: the last word ended it, one before it asked for a second.
create table money.explanations (
    book     bigint  not null,
    number   bigint  not null,
    position integer not null,
    is_last  boolean not null,
    note     text    not null,
    actor_id bigint  not null,
    said_at  timestamptz not null,
    primary key (book, number, position, is_last),
    foreign key (book, number, position) references money.differences
);

create trigger bill_days_are_for_ever before update or delete on money.bill_days
    for each row execute function kernel.refuse_change();
create trigger bill_lines_are_for_ever before update or delete on money.bill_lines
    for each row execute function kernel.refuse_change();
create trigger differences_are_for_ever before update or delete on money.differences
    for each row execute function kernel.refuse_change();
create trigger resolutions_are_for_ever before update or delete on money.resolutions
    for each row execute function kernel.refuse_change();
create trigger explanations_are_for_ever before update or delete on money.explanations
    for each row execute function kernel.refuse_change();

create view money.every_bill_says_what_its_lines_say with (security_invoker) as
select day.book, day.billed_on, day.line_count, count(line.position) as lines, day.paid_fen,
       day.refunded_fen, day.fee_fen
  from money.bill_days as day
  left join money.bill_lines as line on line.book = day.book and line.billed_on = day.billed_on
 group by day.book, day.billed_on
having day.line_count <> count(line.position)
    or day.paid_fen <> coalesce(sum(line.amount_fen) filter (where line.kind = 'payment'), 0)
    or day.refunded_fen <> coalesce(sum(line.amount_fen) filter (where line.kind = 'refund'), 0)
    or day.fee_fen <> coalesce(sum(line.fee_fen), 0);

create view money.no_large_difference_is_explained_by_one_person with (security_invoker) as
select ended.book, ended.number, ended.position, ended.actor_id
  from money.resolutions as ended
  join money.differences as found
    on found.book = ended.book and found.number = ended.number and found.position = ended.position
 where ended.how = 'explained'
   and abs(coalesce(found.ours_fen, 0) - coalesce(found.theirs_fen, 0)) > 50000
   and not exists (select from money.explanations as first
                    where first.book = ended.book and first.number = ended.number
                      and first.position = ended.position and not first.is_last
                      and first.actor_id <> ended.actor_id);

insert into kernel.promises (promise, sentence, examined) values
    ('money.every_bill_says_what_its_lines_say',
     'A bill that was compared is kept as it was, line by line.', 'kernel.events'),
    ('money.no_large_difference_is_explained_by_one_person',
     'A difference above 500 yuan is explained by two persons.', 'kernel.events');

alter table money.bill_days enable row level security;
alter table money.bill_days force row level security;
create policy one_book on money.bill_days
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on money.bill_days for select to jishi_verifier using (true);

alter table money.bill_lines enable row level security;
alter table money.bill_lines force row level security;
create policy one_book on money.bill_lines
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on money.bill_lines for select to jishi_verifier using (true);

alter table money.differences enable row level security;
alter table money.differences force row level security;
create policy one_book on money.differences
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on money.differences for select to jishi_verifier using (true);

alter table money.resolutions enable row level security;
alter table money.resolutions force row level security;
create policy one_book on money.resolutions
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on money.resolutions for select to jishi_verifier using (true);

alter table money.explanations enable row level security;
alter table money.explanations force row level security;
create policy one_book on money.explanations
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on money.explanations for select to jishi_verifier using (true);

grant select, insert on money.bill_days, money.bill_lines, money.differences,
    money.resolutions, money.explanations to jishi_app;
grant select on money.bill_days, money.bill_lines, money.differences, money.resolutions,
    money.explanations,
    money.every_bill_says_what_its_lines_say,
    money.no_large_difference_is_explained_by_one_person to jishi_verifier;

insert into ledger.kinds (kind, unit_name, is_bounded) values
    ('shop', 'CNY', false); -- what a shop has at its own disposal, stated to it

-- A statement of account: what was settled for a shop until the end of a day; never changed.
create table money.statements (
    book           bigint  not null,
    number         bigint  not null,
    until_on       date    not null,
    line_count     integer not null,
    paid_fen       bigint  not null,
    refunded_fen   bigint  not null,
    fee_fen        bigint  not null,
    commission_fen bigint  not null,
    net_fen        bigint  not null,
    cut_at         timestamptz not null,
    reversal_count integer not null default 0,
    reversed_fen   bigint  not null default 0,
    carried_fen    bigint  not null default 0,
    netted_fen     bigint  not null default 0,
    primary key (book, number),
    constraint a_statement_states_something check (line_count > 0 or reversal_count > 0),
    constraint a_statement_nets_what_is_there check (
        netted_fen = least(net_fen, carried_fen + reversed_fen)),
    constraint a_debt_is_not_negative check (reversed_fen >= 0 and carried_fen >= 0),
    constraint a_statement_explains_every_fen check (
        paid_fen - refunded_fen = fee_fen + commission_fen + net_fen)
);
comment on column money.statements.number is 'The event of this book that cut it.';
comment on column money.statements.reversed_fen is 'What the shop came to owe by late refunds.';
comment on column money.statements.carried_fen is 'What it owed by the statement before.';
comment on column money.statements.netted_fen is 'What of both is met by what was settled.';

-- Which statement a settlement stands in: in one, once.
create table money.statement_lines (
    book     bigint not null,
    order_id bigint not null,
    number   bigint not null,
    primary key (book, order_id),
    foreign key (book, order_id) references money.settlements,
    foreign key (book, number) references money.statements
);
create index lines_of_a_statement on money.statement_lines (book, number, order_id);

create trigger statements_are_for_ever before update or delete on money.statements
    for each row execute function kernel.refuse_change();
create trigger statement_lines_are_for_ever before update or delete on money.statement_lines
    for each row execute function kernel.refuse_change();

insert into kernel.promises (promise, sentence, examined) values
    ('money.every_statement_is_the_sum_of_its_lines',
     'A statement is the sum of its lines, to the fen.', 'kernel.events'),
    ('money.every_shop_has_what_was_settled',
     'What was settled for a shop is stated to it or still payable, to the fen.',
     'ledger.transfers');

alter table money.statements enable row level security;
alter table money.statements force row level security;
create policy one_book on money.statements
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on money.statements for select to jishi_verifier using (true);

alter table money.statement_lines enable row level security;
alter table money.statement_lines force row level security;
create policy one_book on money.statement_lines
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on money.statement_lines for select to jishi_verifier
    using (true);

grant select, insert on money.statements, money.statement_lines to jishi_app;
grant select on money.statements, money.statement_lines to jishi_verifier;

-- What WeChat's query said of a difference when it was asked: a witness beside both bills.
create table money.answers (
    book        bigint  not null,
    number      bigint  not null,
    position    integer not null,
    state       text    not null,
    amount_fen  bigint,
    answered_at timestamptz not null,
    primary key (book, number, position),
    foreign key (book, number, position) references money.differences
);
comment on column money.answers.state is 'WeChat''s own word; UNKNOWN when it knows of none.';

create trigger answers_are_for_ever before update or delete on money.answers
    for each row execute function kernel.refuse_change();

alter table money.answers enable row level security;
alter table money.answers force row level security;
create policy one_book on money.answers
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on money.answers for select to jishi_verifier using (true);

grant select, insert on money.answers to jishi_app;
grant select on money.answers to jishi_verifier;
