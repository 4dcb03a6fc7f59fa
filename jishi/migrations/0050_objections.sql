-- The objections: what was said of the eight questions on which day, kept for ever.
create schema objections;

-- Somebody asked that the eight be measured again.
create table objections.measurings (
    book      bigint  not null,
    measuring bigint  not null,
    asked_by  bigint  not null,
    asked_at  timestamptz not null,
    primary key (book, measuring)
);
comment on column objections.measurings.measuring is 'The event by which it was asked.';
create trigger what_was_asked_is_not_changed before update or delete on objections.measurings
    for each row execute function kernel.refuse_change();

-- How it ended: with eight answers (no trouble), or without, and why.
create table objections.measuring_ends (
    book      bigint  not null,
    measuring bigint  not null,
    trouble   text    not null,
    ended_at  timestamptz not null,
    primary key (book, measuring),
    constraint only_what_was_asked_ends foreign key (book, measuring)
        references objections.measurings (book, measuring),
    constraint a_measuring_fails_for_a_known_reason
        check (trouble in ('', 'extra_missing', 'failed', 'too_long'))
);
create trigger an_end_is_not_changed before update or delete on objections.measuring_ends
    for each row execute function kernel.refuse_change();

-- What was said of a question: a verdict of that day, with everything that a page shows of it.
create table objections.answers (
    book          bigint  not null,
    recording     bigint  not null,
    question      text    not null,
    lake          text    not null,
    simulation_id bigint  not null,
    said_on       date    not null,
    verdict       text    not null,
    answer        text    not null,
    recorded_by   bigint  not null,
    recorded_at   timestamptz not null,
    primary key (book, recording, question),
    constraint there_are_eight_questions check (question in (
        'habit', 'media', 'conversion', 'boundary', 'ecology', 'moments', 'weight', 'operation')),
    constraint a_verdict_is_one_of_four
        check (verdict in ('holds', 'refuted', 'undecided', 'not_measured')),
    constraint only_a_simulation_has_a_number check ((lake = 'simulated') = (simulation_id <> 0)),
    constraint a_lake_is_the_markets_or_simulated check (lake in ('market', 'simulated')),
    constraint an_answer_is_not_too_long check (octet_length(answer) <= 131072)
);
comment on column objections.answers.recording is 'The event by which it was recorded.';
comment on column objections.answers.simulation_id is 'Of what it was said; 0 the market.';
create index answers_of_a_question
    on objections.answers (book, lake, question, recording desc);
create index answers_of_a_simulation
    on objections.answers (book, simulation_id) where simulation_id <> 0;
create trigger an_answer_is_not_changed before update on objections.answers
    for each row execute function kernel.refuse_change();
-- What was said of the market stays; a simulation may be removed with all that was said of it.
create trigger what_was_said_of_the_market_stays before delete on objections.answers
    for each row when (old.lake = 'market') execute function kernel.refuse_change();

grant usage on schema objections to jishi_app, jishi_verifier;
grant select, insert on objections.measurings, objections.measuring_ends to jishi_app;
grant select, insert, delete on objections.answers to jishi_app;
grant select on all tables in schema objections to jishi_verifier;
