-- The mini program as WeChat keeps it: codes, sessions, ways into its pages, shippings.

-- What a mini program is handed on the phone: to log in, or to learn a phone number.
create table sandbox.program_codes (
    code      text primary key,
    appid     text not null references sandbox.accounts,
    person_id bigint not null references sandbox.people,
    kind      text not null,
    made_at   timestamptz not null,
    used_at   timestamptz,
    constraint a_program_code_is_of_a_known_kind check (kind in ('login', 'phone'))
);

create table sandbox.program_sessions (
    appid       text not null references sandbox.accounts,
    person_id   bigint not null references sandbox.people,
    session_key text not null,
    made_at     timestamptz not null,
    primary key (appid, person_id)
);

-- Ways into a page of a mini program: codes, schemes, links.
create table sandbox.program_links (
    link       text primary key,
    appid      text not null references sandbox.accounts,
    kind       text not null,
    path       text not null,
    query      text not null,
    made_at    timestamptz not null,
    expires_at timestamptz,
    constraint a_program_link_is_of_a_known_kind check (kind in ('code', 'scheme', 'link'))
);

-- What a mini program told of the shipping of an order, and whether the buyer has it.
create table sandbox.shippings (
    transaction_id text primary key,
    appid          text not null references sandbox.accounts,
    person_id      bigint not null references sandbox.people,
    details        jsonb not null,
    has_ended      boolean not null,
    redone_count   integer not null,
    uploaded_at    timestamptz not null,
    reminded_at    timestamptz,
    received_at    timestamptz,
    settles_at     timestamptz
);
comment on column sandbox.shippings.redone_count is 'Shipping may be done over once.';

create table sandbox.shipping_paths (
    appid text primary key references sandbox.accounts,
    path  text not null
);
