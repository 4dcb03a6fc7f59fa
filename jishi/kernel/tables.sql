-- The kernel: books, keys, events, todos. It knows no word of trade.
create schema kernel;

do $$
begin
    -- Roles belong to the cluster, so another database of it may have made them already.
    if not exists (select from pg_roles where rolname = 'jishi_app') then
        create role jishi_app nologin;
    end if;
    if not exists (select from pg_roles where rolname = 'jishi_verifier') then
        create role jishi_verifier nologin;
    end if;
    if exists (select from pg_roles where rolname = 'jishi_login') then
        grant jishi_app to jishi_login;
    end if;
exception
    when duplicate_object or unique_violation then null;
end
$$;

-- What balances by itself and is written by one writer at a time; its row is the lock.
create table kernel.books (
    book        bigint primary key,
    kind        text not null,
    event_count bigint not null default 0,
    opened_at   timestamptz not null default now(),
    constraint a_book_is_of_a_known_kind check (kind in ('market', 'shop', 'people')),
    constraint events_are_counted_from_zero check (event_count >= 0)
) with (fillfactor = 50);
comment on table kernel.books is 'The market itself is book 1; each shop has its own.';
-- No table below refers to books by a foreign key: whoever writes holds the book's lock, so the
-- check would only look again, for every row.

-- What happened, for ever: the audit log and the outbox. No personal data.
create table kernel.events (
    book       bigint not null,
    number     bigint not null,
    at         timestamptz not null,
    name       text not null,
    subject_id bigint not null,
    actor_id   bigint not null,
    body       jsonb not null,
    primary key (book, number, at)
) partition by range (at);
comment on column kernel.events.number is
    'Counted in the book under its lock: no gap, no late commit.';
create index events_of_a_subject on kernel.events (book, subject_id, number);

-- The idempotency record: which body a key stood for, and which event was the answer.
create table kernel.keys (
    book        bigint not null,
    key         uuid not null,
    fingerprint bigint not null,
    number      bigint not null,
    event_at    timestamptz not null,
    primary key (book, key)
);

-- What a reaction has still to do about an event. It ends with an event or a final refusal.
create table kernel.todos (
    book     bigint not null,
    number   bigint not null,
    reaction text not null,
    event_at timestamptz not null,
    due_at   timestamptz not null,
    tries    integer not null default 0,
    trouble  text,
    dead_at  timestamptz,
    primary key (book, number, reaction)
) with (fillfactor = 70);
comment on column kernel.todos.due_at is 'Claiming a todo moves this on: the lease of its worker.';
comment on column kernel.todos.dead_at is
    'Given up, for a person to look at; never deleted unseen.';
create index todos_that_are_due on kernel.todos (due_at) where dead_at is null;

-- Work that comes by the clock; one process does it at a time.
create table kernel.schedules (
    name       text primary key,
    due_at     timestamptz not null default now(),
    started_at timestamptz,
    ended_at   timestamptz,
    trouble    text,
    brake      text,
    braked_at  timestamptz
);
comment on column kernel.schedules.brake is 'Why it stopped itself; an operator releases it.';

-- Every invariant is a view that must return no row; this is their list.
create table kernel.promises (
    promise  text primary key,
    sentence text not null,
    examined text not null
);
comment on column kernel.promises.examined is 'The table whose rows the check looks at.';

create sequence kernel.nodes as integer maxvalue 4095 minvalue 0 cycle;

create function kernel.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is never changed or deleted', tg_table_schema || '.' || tg_table_name
        using errcode = 'restrict_violation';
end
$$;

create trigger events_are_for_ever before update or delete on kernel.events
    for each row execute function kernel.refuse_change();
create trigger keys_are_for_ever before update or delete on kernel.keys
    for each row execute function kernel.refuse_change();
create trigger keys_are_not_emptied before truncate on kernel.keys
    for each statement execute function kernel.refuse_change();

-- Opens the events' months ahead of time. Runs as its owner: the market may not make tables.
create function kernel.open_months() returns integer language plpgsql
    security definer set search_path = pg_catalog, pg_temp as $$
declare
    month date;
    opened integer := 0;
begin
    for month in
        select generate_series(date_trunc('month', now() at time zone 'UTC'),
                               date_trunc('month', now() at time zone 'UTC') + interval '2 months',
                               interval '1 month')::date
    loop
        if to_regclass('kernel.events_' || to_char(month, 'YYYYMM')) is null then
            execute format('create table kernel.%I partition of kernel.events
                            for values from (%L) to (%L)',
                           'events_' || to_char(month, 'YYYYMM'), month::text || ' 00:00+00',
                           (month + interval '1 month')::date::text || ' 00:00+00');
            execute format('create trigger events_are_not_emptied before truncate on kernel.%I
                            for each statement execute function kernel.refuse_change()',
                           'events_' || to_char(month, 'YYYYMM'));
            opened := opened + 1;
        end if;
    end loop;
    return opened;
end
$$;
select kernel.open_months();
-- Never needed while the months are opened ahead; without it a late opening would lose an answer.
create table kernel.events_beyond partition of kernel.events default;

create view kernel.every_event_is_counted with (security_invoker) as
select book.book, book.event_count, count(event.number) as events, max(event.number) as last_number
  from kernel.books as book
  left join kernel.events as event on event.book = book.book
 group by book.book, book.event_count
having count(event.number) <> book.event_count
    or coalesce(max(event.number), 0) <> book.event_count;

create view kernel.every_key_has_its_event with (security_invoker) as
select known.book, known.key, known.number
  from kernel.keys as known
 where not exists (select from kernel.events as event
                    where event.book = known.book and event.number = known.number
                      and event.at = known.event_at);

create view kernel.every_event_has_one_key with (security_invoker) as
select event.book, event.number, count(known.key) as keys
  from kernel.events as event
  left join kernel.keys as known on known.book = event.book and known.number = event.number
 group by event.book, event.number
having count(known.key) <> 1;

create view kernel.every_todo_has_its_event with (security_invoker) as
select todo.book, todo.number, todo.reaction
  from kernel.todos as todo
 where not exists (select from kernel.events as event
                    where event.book = todo.book and event.number = todo.number);

create view kernel.no_month_is_missing with (security_invoker) as
select event.book, event.number, event.at
  from kernel.events_beyond as event;

insert into kernel.promises (promise, sentence, examined) values
    ('kernel.every_event_is_counted',
     'The events of a book are numbered without a gap.', 'kernel.events'),
    ('kernel.every_key_has_its_event', 'Every answered key leads to its event.', 'kernel.keys'),
    ('kernel.every_event_has_one_key', 'Every event answers exactly one key.', 'kernel.events'),
    ('kernel.every_todo_has_its_event',
     'Nothing is left to do about an event that never was.', 'kernel.events'),
    ('kernel.no_month_is_missing', 'Every event lies in the table of its month.', 'kernel.events');

revoke execute on function kernel.open_months() from public;
grant execute on function kernel.open_months() to jishi_app;
grant usage on schema kernel to jishi_app, jishi_verifier;
grant select, insert on kernel.books, kernel.events, kernel.keys to jishi_app;
grant update (event_count) on kernel.books to jishi_app;
grant select, insert, update, delete on kernel.todos to jishi_app;
grant select, insert, update on kernel.schedules to jishi_app;
grant select on kernel.promises to jishi_app;
grant usage on sequence kernel.nodes to jishi_app;
grant select on all tables in schema kernel to jishi_verifier;
insert into kernel.books (book, kind) values (1, 'market');
-- The people's books: a fixed number. A person's is 1001 plus his id modulo 31, for ever.
insert into kernel.books (book, kind)
select 1001 + number, 'people' from generate_series(0, 30) as number;

-- What a member did is found through its actor.
create index events_of_an_actor on kernel.events (book, actor_id, number);

create view kernel.the_record_is_append_only with (security_invoker) as
select format('a change of %s is granted', part.record::text) as trouble
  from (select 'kernel.events'::regclass as record
        union all
        select inhrelid::regclass from pg_inherits
         where inhparent = 'kernel.events'::regclass) as part
 where has_table_privilege('jishi_app', part.record, 'update, delete, truncate')
    or has_any_column_privilege('jishi_app', part.record, 'update')
union all
select format('the guard of %s is missing', part.inhrelid::regclass::text)
  from pg_inherits as part
 where part.inhparent = 'kernel.events'::regclass
   and not exists (select from pg_trigger
                    where tgrelid = part.inhrelid and tgenabled = 'O'
                      and tgname = 'events_are_for_ever');

insert into kernel.promises (promise, sentence, examined) values
    ('kernel.the_record_is_append_only',
     'Nobody can change or delete what happened.', 'kernel.events');
grant select on kernel.the_record_is_append_only to jishi_verifier;
