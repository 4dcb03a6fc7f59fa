-- Money: attempts to pay, and what came in that pays nothing here.
create schema money;

insert into ledger.kinds (kind, unit_name, is_bounded) values
    ('wechat', 'CNY', false), -- the world that money comes from
    ('escrow', 'CNY', true);  -- what was paid for an order; its holder is the order

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
    primary key (book, attempt_id),
    constraint an_attempt_is_for_something check (amount_fen > 0),
    constraint an_attempt_is_in_a_known_state check (state in ('open', 'paid', 'closed')),
    constraint what_is_paid_names_its_transaction check (
        (state = 'paid') = (transaction_id <> '')),
    constraint an_attempt_is_paid_in_a_known_way check (way in ('native', 'h5', 'jsapi'))
);
comment on column money.attempts.code_url is
    'What it is paid by: the text of the code, the link, or the id that opens the sheet.';
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

create view money.every_fen_in_escrow_was_paid with (security_invoker) as
select coalesce(account.book, paid.book) as book,
       coalesce(account.holder, paid.order_id) as order_id,
       coalesce(account.balance, 0) as escrow_fen, coalesce(paid.amount_fen, 0) as paid_fen
  from (select book, holder, balance from ledger.accounts where kind = 'escrow') as account
  full join (select book, order_id, sum(amount_fen)::bigint as amount_fen
               from money.attempts where state = 'paid' group by book, order_id) as paid
    on paid.book = account.book and paid.order_id = account.holder
 where coalesce(account.balance, 0) <> coalesce(paid.amount_fen, 0);

insert into kernel.promises (promise, sentence, examined) values
    ('money.every_fen_in_escrow_was_paid',
     'What is in escrow is what WeChat says was paid, once.', 'money.attempts');

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

grant usage on schema money to jishi_app, jishi_verifier;
grant select, insert on money.attempts, money.exceptions to jishi_app;
grant update (state, transaction_id, code_url, way) on money.attempts to jishi_app;
grant select on all tables in schema money to jishi_verifier;
