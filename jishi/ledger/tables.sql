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
create index goods_that_came_back on ledger.transfers (book, giver) where giver_kind = 'customer';

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
