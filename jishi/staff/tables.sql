-- Staff: who works at the market or in its shops, what they may do, and how they come in.
create schema staff;

-- Somebody who works here. All are kept in the market's book, so a name signs in one member.
create table staff.members (
    book      bigint not null,
    staff_id  bigint not null,
    works_in  bigint not null,
    name      text   not null,
    roles     text[] not null,
    added_by  bigint not null,
    added_at  timestamptz not null,
    left_at   timestamptz,
    primary key (book, staff_id),
    constraint a_name_signs_in_one_member unique (book, name),
    constraint staff_are_kept_by_the_market check (book = 1),
    constraint a_name_can_be_typed check (name ~ '^[a-z0-9][a-z0-9_.@-]{1,59}$'),
    constraint a_member_has_a_role check (cardinality(roles) > 0)
);
comment on column staff.members.works_in is 'The book of the shop; 1 is the market itself.';
create index members_of_a_shop on staff.members (book, works_in, staff_id);

-- Every password a member has had, as argon2 keeps it; the newest holds.
create table staff.passwords (
    book     bigint not null,
    staff_id bigint not null,
    number   bigint not null,
    hash     text   not null,
    set_at   timestamptz not null,
    primary key (book, staff_id, number),
    foreign key (book, staff_id) references staff.members,
    constraint a_password_is_kept_by_argon2 check (hash like '$argon2id$%')
);
comment on column staff.passwords.number is 'The event of this book that set it.';

-- An invitation, or the way back in: with it a password is set, once. The newest holds.
create table staff.links (
    book     bigint not null,
    link_id  bigint not null,
    staff_id bigint not null,
    number   bigint not null,
    digest   text   not null,
    made_by  bigint not null,
    made_at  timestamptz not null,
    ends_at  timestamptz not null,
    used_at  timestamptz,
    primary key (book, link_id),
    foreign key (book, staff_id) references staff.members,
    constraint a_digest_is_a_sha256 check (digest ~ '^[0-9a-f]{64}$')
);
create index links_of_a_member on staff.links (book, staff_id, number);

-- Every try to sign in, noted before the password is looked at.
create table staff.tries (
    book     bigint not null,
    staff_id bigint not null,
    number   bigint not null,
    tried_at timestamptz not null,
    primary key (book, staff_id, number),
    foreign key (book, staff_id) references staff.members
);

-- A browser in which a member is signed in. Of its token a digest is kept.
create table staff.sessions (
    book       bigint not null,
    session_id bigint not null,
    staff_id   bigint not null,
    digest     text   not null,
    opened_at  timestamptz not null,
    ends_at    timestamptz not null,
    closed_at  timestamptz,
    primary key (book, session_id),
    foreign key (book, staff_id) references staff.members,
    constraint a_digest_is_a_sha256 check (digest ~ '^[0-9a-f]{64}$')
);
create index sessions_of_a_member on staff.sessions (book, staff_id, opened_at);

create view staff.whoever_left_is_signed_out with (security_invoker) as
select session.book, session.session_id, session.staff_id
  from staff.sessions as session
  join staff.members as member
    on member.book = session.book and member.staff_id = session.staff_id
 where session.closed_at is null and member.left_at is not null;

insert into kernel.promises (promise, sentence, examined) values
    ('staff.whoever_left_is_signed_out',
     'Nobody who left is still signed in.', 'staff.sessions');

alter table staff.members enable row level security;
alter table staff.members force row level security;
create policy one_book on staff.members
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on staff.members for select to jishi_verifier using (true);

alter table staff.passwords enable row level security;
alter table staff.passwords force row level security;
create policy one_book on staff.passwords
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));

alter table staff.links enable row level security;
alter table staff.links force row level security;
create policy one_book on staff.links
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));

alter table staff.tries enable row level security;
alter table staff.tries force row level security;
create policy one_book on staff.tries
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));

alter table staff.sessions enable row level security;
alter table staff.sessions force row level security;
create policy one_book on staff.sessions
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on staff.sessions for select to jishi_verifier using (true);

grant usage on schema staff to jishi_app, jishi_verifier;
grant select, insert on all tables in schema staff to jishi_app;
grant update (roles, left_at) on staff.members to jishi_app;
grant update (used_at) on staff.links to jishi_app;
grant update (ends_at, closed_at) on staff.sessions to jishi_app;
grant select on staff.members, staff.sessions, staff.whoever_left_is_signed_out to jishi_verifier;

-- What waits for a shop's staff: told when it came in. It names ids alone, nobody.
create table staff.notices (
    book     bigint not null,
    number   bigint not null,
    kind     text   not null,
    about_id bigint not null,
    told_at  timestamptz not null,
    primary key (book, number),
    constraint a_notice_is_of_a_known_kind check (
        kind in ('order_paid', 'case_opened', 'case_changed', 'case_sent_back',
                 'case_escalated', 'parcel_troubled'))
);
comment on column staff.notices.number is 'The event of this book that told it.';
create index newest_notices on staff.notices (book, number desc) include (kind, told_at);

-- How far a member has read what his shop was told.
create table staff.seen_notices (
    book     bigint not null,
    staff_id bigint not null,
    number   bigint not null,
    primary key (book, staff_id),
    constraint what_is_seen_was_told foreign key (book, number) references staff.notices
) with (fillfactor = 70);

alter table staff.notices enable row level security;
alter table staff.notices force row level security;
create policy one_book on staff.notices
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on staff.notices for select to jishi_verifier using (true);

alter table staff.seen_notices enable row level security;
alter table staff.seen_notices force row level security;
create policy one_book on staff.seen_notices
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));

grant select, insert on staff.notices, staff.seen_notices to jishi_app;
grant update (number) on staff.seen_notices to jishi_app;
grant select on staff.notices to jishi_verifier;

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
grant update (last_step, removed_at, sealed) on staff.authenticators to jishi_app;
grant update (used_at) on staff.recovery_codes to jishi_app;
grant update (is_required) on staff.second_steps to jishi_app;
