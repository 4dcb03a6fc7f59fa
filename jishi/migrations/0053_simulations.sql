-- The town's simulations: who had which one made, what came of it. Nothing here is a fact.
create schema town;

-- Somebody had a town live: a year of simulated life, or a rehearsal of a policy.
create table town.simulations (
    book             bigint  not null,
    simulation_id    bigint  not null,
    kind             text    not null,
    people           integer not null,
    days             integer not null,
    seed             integer not null,
    touches_week     integer not null,
    cards            integer not null,
    share_quota      integer not null,
    discount_percent integer not null,
    asked_by         bigint  not null,
    started_at       timestamptz not null,
    primary key (book, simulation_id),
    constraint a_simulation_is_a_life_or_a_rehearsal check (kind in ('life', 'rehearsal')),
    constraint a_town_is_neither_empty_nor_endless
        check (people between 1 and 1000000 and days between 1 and 3660),
    constraint dials_are_turned_upwards
        check (touches_week >= 0 and cards >= 0 and share_quota >= 0 and discount_percent >= 0)
);
comment on column town.simulations.simulation_id is 'The event by which it was asked.';

-- How it ended: well (no trouble), with what came of a rehearsal, or not, and why.
create table town.simulation_ends (
    book          bigint  not null,
    simulation_id bigint  not null,
    trouble       text    not null,
    result        text    not null,
    ended_at      timestamptz not null,
    primary key (book, simulation_id),
    constraint only_what_was_started_ends foreign key (book, simulation_id)
        references town.simulations (book, simulation_id),
    constraint a_simulation_fails_for_a_known_reason
        check (trouble in ('', 'extra_missing', 'failed', 'too_long')),
    constraint a_result_is_not_too_long check (octet_length(result) <= 131072)
);

grant usage on schema town to jishi_app, jishi_verifier;
grant select, insert, delete on town.simulations, town.simulation_ends to jishi_app;
grant select on all tables in schema town to jishi_verifier;
