-- The sandbox: WeChat as it would remember. No shop's own data is here.
create schema sandbox;
alter default privileges in schema sandbox
    grant select, insert, update, delete on tables to jishi_app;
alter default privileges in schema sandbox grant select on tables to jishi_verifier;
grant usage on schema sandbox to jishi_app, jishi_verifier;

-- How far the sandbox's clock is ahead of the real one. One row.
create table sandbox.clock (
    is_one        boolean primary key default true,
    ahead_seconds bigint not null default 0,
    constraint there_is_one_clock check (is_one)
);
insert into sandbox.clock (is_one) values (true);

-- What developers register: service accounts and mini programs. Secrets are kept to be shown.
create table sandbox.accounts (
    appid         text primary key,
    kind          text not null,
    original_id   text not null,
    secret        text not null,
    name          text not null,
    token         text not null,
    aes_key       text not null,
    push_url      text not null default '',
    is_push_safe  boolean not null default false,
    can_publish   boolean not null default true,
    web_domains   text[] not null,
    js_domains    text[] not null,
    registered_at timestamptz not null,
    constraint an_account_is_of_a_known_kind check (kind in ('service', 'mini')),
    constraint an_original_id_names_one_account unique (original_id)
);

create table sandbox.merchants (
    mchid           text primary key,
    name            text not null,
    apiv3_key       text not null,
    serial          text not null,
    certificate_pem text not null,
    private_pem     text not null,
    signing_mode    text not null,
    registered_at   timestamptz not null,
    constraint a_merchant_verifies_by_one_means
        check (signing_mode in ('certificate', 'public_key')),
    constraint an_apiv3_key_has_32_letters check (char_length(apiv3_key) = 32)
);

-- Which accounts a merchant may be paid in.
create table sandbox.bindings (
    appid text not null references sandbox.accounts,
    mchid text not null references sandbox.merchants,
    primary key (appid, mchid)
);

-- The keys with which WeChat signs: certificates that rotate, and one public key that does not.
create table sandbox.platform_keys (
    serial          text primary key,
    kind            text not null,
    private_pem     text not null,
    certificate_pem text not null default '',
    effective_at    timestamptz not null,
    expires_at      timestamptz not null,
    constraint a_platform_key_is_of_a_known_kind check (kind in ('certificate', 'public_key'))
);

create table sandbox.people (
    person_id    bigint generated always as identity primary key,
    name         text not null,
    avatar       text not null,
    phone        text not null,
    city         text not null,
    latitude     text not null,
    longitude    text not null,
    unionid      text not null,
    pay_password text not null default '123456',
    is_snapshot  boolean not null default false,
    balance_fen  bigint not null default 100000000,
    born_at      timestamptz not null,
    constraint a_password_has_six_digits check (pay_password ~ '^[0-9]{6}$'),
    constraint a_purse_is_never_overdrawn check (balance_fen >= 0)
);

-- A person has another name in each account.
create table sandbox.openids (
    appid     text not null references sandbox.accounts,
    openid    text not null,
    person_id bigint not null references sandbox.people,
    primary key (appid, openid),
    constraint a_person_has_one_openid_in_an_account unique (appid, person_id)
);

-- What goes out to developers' servers, until it is taken or given up.
create table sandbox.deliveries (
    delivery_id bigint generated always as identity primary key,
    kind        text not null,
    owner       text not null,
    url         text not null,
    subject     text not null,
    body        text not null,
    tries       integer not null default 0,
    outcome     text not null default '',
    made_at     timestamptz not null,
    due_at      timestamptz not null,
    ended_at    timestamptz
);
create index deliveries_by_due on sandbox.deliveries (due_at) where ended_at is null;

-- What will happen by itself when its time has come.
create table sandbox.alarms (
    alarm_id bigint generated always as identity primary key,
    kind     text not null,
    subject  text not null,
    due_at   timestamptz not null
);
create index alarms_by_due on sandbox.alarms (due_at);

-- What shall go wrong: the next so many times, or so many times in a hundred.
create table sandbox.faults (
    fault_id   bigint generated always as identity primary key,
    kind       text not null,
    operation  text not null default '',
    times_left integer,
    percent    integer not null default 100,
    settings   text not null default '{}',
    armed_at   timestamptz not null,
    constraint a_rate_is_a_percentage check (percent between 1 and 100),
    constraint times_left_are_not_negative check (times_left >= 0)
);

-- What was asked and answered, for the inspector. Old rows go.
create table sandbox.exchanges (
    exchange_id     bigint generated always as identity primary key,
    noted_at        timestamptz not null,
    direction       text not null,
    operation       text not null,
    method          text not null,
    url             text not null,
    request_headers text not null,
    request_body    text not null,
    status          integer not null,
    answer_headers  text not null,
    answer_body     text not null,
    signed_message  text not null,
    trouble         text not null,
    took_ms         integer not null,
    constraint an_exchange_goes_in_or_out check (direction in ('in', 'out'))
);

-- What came to phones and mailboxes beside WeChat's own messages.
create table sandbox.post (
    post_id    bigint generated always as identity primary key,
    message_id text not null unique,
    kind       text not null,
    recipient  text not null,
    subject    text not null,
    words      text not null,
    came_at    timestamptz not null
);

-- What the carrier that plays here was asked after: since when he has it, and what becomes of it.
create table sandbox.carried (
    carrier         text not null,
    tracking_number text not null,
    accepted_at     timestamptz not null,
    trouble         text not null default '',
    primary key (carrier, tracking_number),
    constraint a_parcel_fares_in_a_known_way check (trouble in ('', 'lost', 'returned'))
);
