-- What a member shows after his password: a secret, sealed with a key that is in no table.
create table staff.authenticators (
    book       bigint not null,
    staff_id   bigint not null,
    number     bigint not null,
    sealed     bytea  not null,
    last_step  bigint not null,
    set_at     timestamptz not null,
    removed_at timestamptz,
    primary key (book, staff_id, number),
    foreign key (book, staff_id) references staff.members,
    constraint a_step_is_counted_from_1970 check (last_step > 0)
);
comment on column staff.authenticators.last_step is
    'The half minute of the newest code that was used: an older one is used up.';
create unique index a_member_has_one_authenticator
    on staff.authenticators (book, staff_id) where removed_at is null;

-- The codes that let a member in without his authenticator, each once; digests alone.
create table staff.recovery_codes (
    book     bigint not null,
    staff_id bigint not null,
    number   bigint not null,
    digest   text   not null,
    used_at  timestamptz,
    primary key (book, staff_id, number, digest),
    foreign key (book, staff_id, number) references staff.authenticators,
    constraint a_digest_is_a_sha256 check (digest ~ '^[0-9a-f]{64}$')
);

-- Whether everybody at a place of work must show a second thing.
create table staff.second_steps (
    book        bigint  not null,
    works_in    bigint  not null,
    is_required boolean not null,
    primary key (book, works_in)
);

alter table staff.authenticators enable row level security;
alter table staff.authenticators force row level security;
create policy one_book on staff.authenticators
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));

alter table staff.recovery_codes enable row level security;
alter table staff.recovery_codes force row level security;
create policy one_book on staff.recovery_codes
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));

alter table staff.second_steps enable row level security;
alter table staff.second_steps force row level security;
create policy one_book on staff.second_steps
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));

grant select, insert on staff.authenticators, staff.recovery_codes, staff.second_steps
    to jishi_app;
grant update (last_step, removed_at) on staff.authenticators to jishi_app;
grant update (used_at) on staff.recovery_codes to jishi_app;
grant update (is_required) on staff.second_steps to jishi_app;
