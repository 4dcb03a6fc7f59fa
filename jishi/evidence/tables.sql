-- The evidence: what was seen, decided and done, in the words of the lake (docs/events.md).
create schema evidence;

-- What pages saw, copied in batches; of which robots and prefetches are marked. No personal data.
create table evidence.seen (
    book        bigint  not null,
    event_id    bigint  not null,
    at          timestamptz not null,
    person_id   bigint  not null,
    actor_id    bigint  not null,
    session_id  bigint  not null,
    type        text    not null,
    object_type text    not null,
    object_id   bigint  not null,
    amount_fen  bigint  not null,
    quantity    bigint  not null,
    value       float8  not null,
    entry       text    not null,
    source      text    not null,
    touch_id    bigint  not null,
    share_id    bigint  not null,
    depth       integer not null,
    props       text    not null,
    is_robot    boolean not null,
    batch       bigint  not null,
    primary key (book, event_id, at),
    constraint what_was_seen_is_small check (
        octet_length(type) <= 40 and octet_length(object_type) <= 40 and octet_length(entry) <= 40
        and octet_length(source) <= 200 and octet_length(props) <= 500)
) partition by range (at);
comment on table evidence.seen is
    'Without row-level security: COPY knows none. A person is an id here, as in kernel.events.';
comment on column evidence.seen.person_id is
    'A guest''s id, or that of a person who agreed to it; 0 for anybody else.';
create index seen_of_a_batch on evidence.seen (batch);
create index seen_of_a_person on evidence.seen (person_id) where person_id <> 0;
create trigger what_was_seen_is_not_changed before update on evidence.seen
    for each row execute function kernel.refuse_change();

-- How far copying is: its batches are numbered under this row's lock, so none commits late.
create table evidence.copying (
    book          bigint primary key,
    batch         bigint not null,
    row_count     bigint not null,
    dropped_count bigint not null,
    constraint copies_are_counted check (batch >= 0 and row_count >= 0 and dropped_count >= 0)
);
insert into evidence.copying (book, batch, row_count, dropped_count) values (1, 0, 0, 0);

-- Through which visit an order came: acts know of no visits.
create table evidence.origins (
    book       bigint  not null,
    order_id   bigint  not null,
    session_id bigint  not null,
    entry      text    not null,
    share_id   bigint  not null,
    actor_id   bigint  not null,
    depth      integer not null,
    touch_id   bigint  not null,
    primary key (book, order_id)
);

-- Who was put into which arm of which experiment, and since when. In the market's book.
create table evidence.exposures (
    book              bigint  not null,
    number            bigint  not null,
    experiment        text    not null,
    arm               text    not null,
    unit_type         text    not null,
    unit_id           bigint  not null,
    propensity        float8  not null,
    policy            text    not null,
    is_counterfactual boolean not null,
    reason            text    not null,
    exposed_at        timestamptz not null,
    primary key (book, number),
    constraint a_unit_is_exposed_once unique (book, experiment, unit_type, unit_id, reason),
    constraint a_propensity_is_a_probability check (propensity > 0 and propensity <= 1)
);
comment on column evidence.exposures.number is 'The event of this book by which it was said.';
create index exposures_of_a_unit on evidence.exposures (unit_id);

-- Opens the months ahead of time. Runs as its owner: the market may not make tables.
create function evidence.open_months() returns integer language plpgsql
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
        if to_regclass('evidence.seen_' || to_char(month, 'YYYYMM')) is null then
            execute format('create table evidence.%I partition of evidence.seen
                            for values from (%L) to (%L)',
                           'seen_' || to_char(month, 'YYYYMM'), month::text || ' 00:00+00',
                           (month + interval '1 month')::date::text || ' 00:00+00');
            opened := opened + 1;
        end if;
    end loop;
    return opened;
end
$$;

-- Drops the months that lie in the lake whole: those that ended before a day at least a month ago
-- and hold no batch that was not rolled over. Runs as its owner.
create function evidence.drop_months(before date, rolled bigint) returns integer language plpgsql
    security definer set search_path = pg_catalog, pg_temp as $$
declare
    part text;
    is_due boolean;
    dropped integer := 0;
begin
    for part in
        select class.relname from pg_inherits
          join pg_class as class on class.oid = inhrelid
         where inhparent = 'evidence.seen'::regclass and class.relname ~ '^seen_[0-9]{6}$'
           and to_date(right(class.relname, 6), 'YYYYMM') + interval '1 month'
               <= least(before, (now() at time zone 'UTC')::date - 31)
    loop
        execute format('select not exists (select from evidence.%I where batch > $1)', part)
            into is_due using rolled;
        if is_due then
            execute format('drop table evidence.%I', part);
            dropped := dropped + 1;
        end if;
    end loop;
    return dropped;
end
$$;

-- Who of these is forgotten, whichever book he was in.
create function evidence.forgotten(person_ids bigint[]) returns table (person_id bigint)
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select erasure.person_id from people.erasures as erasure
     where erasure.book = any (select distinct 1001 + each % 31 from unnest(person_ids) as each)
       and erasure.person_id = any (person_ids)
$$;

-- Who of these is not to be named by what he looks at: persons who were met and did not agree to
-- how the market deals with his data, or do no more, or are forgotten. A guest was never met.
create function evidence.nameless(person_ids bigint[]) returns table (person_id bigint)
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select person.person_id from people.persons as person
     where person.book = any (select distinct 1001 + each % 31 from unnest(person_ids) as each)
       and person.person_id = any (person_ids)
       and (person.wrapped_key is null
            or not coalesce((select said.is_given from people.consents as said
                              where said.book = person.book and said.person_id = person.person_id
                                and said.purpose = 'privacy'
                              order by said.number desc limit 1), false))
$$;
alter function evidence.forgotten(bigint[]) owner to jishi_verifier;
alter function evidence.nameless(bigint[]) owner to jishi_verifier;

select evidence.open_months();
-- Never needed while the months are opened ahead; without it a late opening would lose rows.
create table evidence.seen_beyond partition of evidence.seen default;

create view evidence.no_month_is_missing with (security_invoker) as
select event.book, event.event_id, event.at from evidence.seen_beyond as event;
insert into kernel.promises (promise, sentence, examined) values
    ('evidence.no_month_is_missing',
     'Everything that was seen lies in the table of its month.', 'evidence.seen');

alter table evidence.exposures enable row level security;
alter table evidence.exposures force row level security;
create policy one_book on evidence.exposures
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on evidence.exposures for select to jishi_verifier
    using (true);

revoke execute on function evidence.open_months(), evidence.drop_months(date, bigint),
    evidence.forgotten(bigint[]), evidence.nameless(bigint[]) from public;
grant execute on function evidence.open_months(), evidence.drop_months(date, bigint),
    evidence.forgotten(bigint[]), evidence.nameless(bigint[]) to jishi_app;
grant usage on schema evidence to jishi_app, jishi_verifier;
grant select, insert, delete on evidence.seen, evidence.exposures to jishi_app;
grant select, insert on evidence.origins to jishi_app;
grant select on evidence.copying to jishi_app;
grant update (batch, row_count, dropped_count) on evidence.copying to jishi_app;
grant select on all tables in schema evidence to jishi_verifier;

-- Persons who were erased: what they did is folded into sums, then it names them no more.
create table evidence.leavers (
    book         bigint not null,
    person_id    bigint not null,
    left_at      timestamptz not null,
    forgotten_at timestamptz,
    primary key (book, person_id),
    constraint a_leaver_was_somebody check (person_id > 0)
);
create index leavers_to_forget on evidence.leavers (book, left_at) where forgotten_at is null;

-- Of those who are forgotten: how many there were in an arm, and the sums of what was measured of
-- them. A measure `a*b` is the sum of products; of nobody alone does it say what he did.
create table evidence.folded (
    book     bigint not null,
    question text   not null,
    arm      text   not null,
    measure  text   not null,
    units    bigint not null,
    sum      float8 not null,
    primary key (book, question, arm, measure),
    constraint somebody_was_folded check (units > 0)
);

create view evidence.nobody_who_is_forgotten_is_named with (security_invoker) as
select leaver.book, leaver.person_id, leaver.forgotten_at
  from evidence.leavers as leaver
 where leaver.forgotten_at is not null
   and (exists (select from evidence.seen as event where event.person_id = leaver.person_id)
        or exists (select from evidence.exposures as exposure
                    where exposure.unit_type = 'person' and exposure.unit_id = leaver.person_id));

insert into kernel.promises (promise, sentence, examined) values
    ('evidence.nobody_who_is_forgotten_is_named',
     'What pages saw and experiments assigned names nobody who is forgotten.', 'evidence.leavers');

alter table evidence.leavers enable row level security;
alter table evidence.leavers force row level security;
create policy one_book on evidence.leavers
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on evidence.leavers for select to jishi_verifier using (true);

grant select, insert on evidence.leavers, evidence.folded to jishi_app;
grant update (forgotten_at) on evidence.leavers to jishi_app;
grant update (units, sum) on evidence.folded to jishi_app;
grant update (session_id) on evidence.origins to jishi_app;
grant select on evidence.leavers, evidence.folded, evidence.nobody_who_is_forgotten_is_named
    to jishi_verifier;

-- What WeChat told of who follows the account: each telling, the newest of a person holds.
create table evidence.follows (
    book         bigint  not null,
    number       bigint  not null,
    person_id    bigint  not null,
    is_following boolean not null,
    source       text    not null,
    told_at      timestamptz not null,
    primary key (book, number),
    constraint a_source_is_a_scene check (char_length(source) <= 64)
);
comment on column evidence.follows.source is 'The scene of the code he scanned; empty for none.';
create index follows_of_a_person on evidence.follows (book, person_id, number);

alter table evidence.follows enable row level security;
alter table evidence.follows force row level security;
create policy one_book on evidence.follows
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on evidence.follows for select to jishi_verifier using (true);

grant select, insert, delete on evidence.follows to jishi_app;
grant select on evidence.follows to jishi_verifier;
