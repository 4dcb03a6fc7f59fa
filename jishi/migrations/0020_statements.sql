-- Statements of account: what was settled, stated to the shop.
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
    primary key (book, number),
    constraint a_statement_states_something check (line_count > 0),
    constraint a_statement_explains_every_fen check (
        paid_fen - refunded_fen = fee_fen + commission_fen + net_fen)
);
comment on column money.statements.number is 'The event of this book that cut it.';

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

create view money.every_statement_is_the_sum_of_its_lines with (security_invoker) as
select cut.book, cut.number, cut.line_count, count(settled.order_id) as lines, cut.net_fen,
       sum(settled.net_fen) as lines_fen
  from money.statements as cut
  left join money.statement_lines as line on line.book = cut.book and line.number = cut.number
  left join money.settlements as settled
    on settled.book = line.book and settled.order_id = line.order_id
 group by cut.book, cut.number
having cut.line_count <> count(settled.order_id)
    or (cut.paid_fen, cut.refunded_fen, cut.fee_fen, cut.commission_fen, cut.net_fen)
       is distinct from (sum(settled.paid_fen), sum(settled.refunded_fen), sum(settled.fee_fen),
                         sum(settled.commission_fen), sum(settled.net_fen));

-- Of a shop: settled is stated or still payable, and what was stated left the ledger's payable.
create view money.every_shop_has_what_was_settled with (security_invoker) as
with settled as (
    select book, sum(net_fen) as fen from money.settlements group by book
), stated as (
    select book, sum(net_fen) as fen from money.statements group by book
), payable as (
    select book, sum(balance) as fen from ledger.accounts where kind = 'payable' group by book
), given as (
    select book, sum(amount) as fen from ledger.transfers
     where giver_kind = 'payable' and taker_kind = 'shop' group by book
)
select book, coalesce(settled.fen, 0) as settled_fen, coalesce(stated.fen, 0) as stated_fen,
       coalesce(payable.fen, 0) as payable_fen, coalesce(given.fen, 0) as given_fen
  from settled
  full join stated using (book)
  full join payable using (book)
  full join given using (book)
 where coalesce(settled.fen, 0) <> coalesce(payable.fen, 0) + coalesce(stated.fen, 0)
    or coalesce(stated.fen, 0) <> coalesce(given.fen, 0);

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
grant select on money.statements, money.statement_lines,
    money.every_statement_is_the_sum_of_its_lines,
    money.every_shop_has_what_was_settled to jishi_verifier;
