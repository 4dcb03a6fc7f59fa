-- The official account as WeChat keeps it: tokens, fans, chats, consents, broadcasts.

-- A token opens the server side of an account: taken anew (plain) or kept for everybody (stable).
create table sandbox.access_tokens (
    token      text primary key,
    appid      text not null references sandbox.accounts,
    kind       text not null,
    is_forced  boolean not null default false,
    made_at    timestamptz not null,
    expires_at timestamptz not null,
    dead_at    timestamptz,
    constraint a_token_is_of_a_known_kind check (kind in ('plain', 'stable'))
);
comment on column sandbox.access_tokens.dead_at is
    'Another one took its place: from then on it opens nothing, long before it would expire.';
create index access_tokens_of_an_account on sandbox.access_tokens (appid, kind, made_at desc);

-- A ticket signs pages.
create table sandbox.page_tickets (
    ticket     text primary key,
    appid      text not null references sandbox.accounts,
    kind       text not null,
    made_at    timestamptz not null,
    expires_at timestamptz not null
);
create index page_tickets_of_an_account on sandbox.page_tickets (appid, kind, expires_at desc);

-- How often an operation was called in a day or a minute. Slots, so that calls do not queue.
create table sandbox.usages (
    appid     text not null references sandbox.accounts,
    operation text not null,
    begins_at timestamptz not null,
    slot      integer not null,
    used      bigint not null,
    primary key (appid, operation, begins_at, slot)
);

-- Who follows an account, or did. `fan_number` is the place in the list.
create table sandbox.fans (
    appid         text not null references sandbox.accounts,
    person_id     bigint not null references sandbox.people,
    fan_number    bigint generated always as identity,
    openid        text not null,
    scene         text not null,
    qr_scene      bigint not null default 0,
    qr_scene_str  text not null default '',
    remark        text not null default '',
    has_muted     boolean not null default false,
    followed_at   timestamptz not null,
    unfollowed_at timestamptz,
    blocked_at    timestamptz,
    primary key (appid, person_id),
    constraint a_fan_has_one_openid unique (appid, openid)
);
create index fans_in_order on sandbox.fans (appid, fan_number) where unfollowed_at is null;

-- Every following and unfollowing, for the figures.
create table sandbox.follows (
    follow_id   bigint generated always as identity primary key,
    appid       text not null references sandbox.accounts,
    person_id   bigint not null references sandbox.people,
    is_follow   boolean not null,
    scene       text not null,
    happened_at timestamptz not null
);
create index follows_by_day on sandbox.follows (appid, happened_at);

create table sandbox.fan_groups (
    appid   text not null references sandbox.accounts,
    tag_id  bigint not null,
    name    text not null,
    made_at timestamptz not null,
    primary key (appid, tag_id),
    constraint a_tag_name_is_there_once unique (appid, name)
);
comment on table sandbox.fan_groups is 'What the interface calls tags.';

create table sandbox.fan_tags (
    appid     text not null,
    person_id bigint not null,
    tag_id    bigint not null,
    tagged_at timestamptz not null,
    primary key (appid, tag_id, person_id),
    foreign key (appid, person_id) references sandbox.fans,
    foreign key (appid, tag_id) references sandbox.fan_groups
);
create index fan_tags_of_a_fan on sandbox.fan_tags (appid, person_id);

-- Codes with a parameter: scanned, they lead into the account and say where they hung.
create table sandbox.qr_codes (
    ticket     text primary key,
    appid      text not null references sandbox.accounts,
    url        text not null,
    action     text not null,
    scene_id   bigint not null default 0,
    scene_str  text not null default '',
    made_at    timestamptz not null,
    expires_at timestamptz,
    constraint a_code_reads_as_one_url unique (url)
);
create index qr_codes_for_ever on sandbox.qr_codes (appid, scene_id, scene_str)
    where expires_at is null;

-- The menu under the chat. A conditional one is for some; the newest that fits is shown.
create table sandbox.menus (
    menu_id         bigint generated always as identity (start with 429000001) primary key,
    appid           text not null references sandbox.accounts,
    is_conditional  boolean not null,
    tag_id          bigint,
    client_platform text not null default '',
    buttons         jsonb not null,
    made_at         timestamptz not null
);
create unique index menus_for_everybody on sandbox.menus (appid) where not is_conditional;

create table sandbox.short_keys (
    short_key  text primary key,
    appid      text not null references sandbox.accounts,
    long_data  text not null,
    made_at    timestamptz not null,
    expires_at timestamptz not null
);

-- All that was said between a person and an account, as the chat shows it. Ids pass 2^53 as
-- WeChat's do: a client that reads them as floats is found out.
create table sandbox.messages (
    message_id     bigint generated always as identity (start with 24140000000000001) primary key,
    appid          text not null references sandbox.accounts,
    person_id      bigint not null references sandbox.people,
    is_from_person boolean not null,
    channel        text not null,
    kind           text not null,
    content        jsonb not null,
    about          text not null default '',
    client_id      text not null default '',
    said_at        timestamptz not null,
    constraint a_message_takes_a_known_way check (channel in (
        'person', 'reply', 'customer', 'template', 'notice', 'once', 'broadcast', 'preview',
        'system'))
);
create index messages_of_a_chat on sandbox.messages (appid, person_id, message_id desc);
create index messages_in_broadcasts on sandbox.messages (appid, person_id, said_at)
    where channel = 'broadcast';
create index messages_by_client on sandbox.messages (appid, person_id, client_id)
    where client_id <> '';

-- How many customer-service messages an account may still send a person, and until when.
create table sandbox.service_windows (
    appid      text not null references sandbox.accounts,
    person_id  bigint not null references sandbox.people,
    kind       text not null,
    left_count integer not null,
    open_until timestamptz not null,
    primary key (appid, person_id, kind),
    constraint a_window_is_of_a_known_kind check (
        kind in ('message', 'menu', 'follow', 'scan', 'enter')),
    constraint a_window_is_never_overdrawn check (left_count >= 0)
);

-- Templates an account has taken from the library: for template messages, or for notices.
create table sandbox.templates (
    appid            text not null references sandbox.accounts,
    template_id      text not null,
    kind             text not null,
    short_id         text not null,
    title            text not null,
    content          text not null,
    example          text not null,
    primary_industry text not null default '',
    deputy_industry  text not null default '',
    is_long_term     boolean not null default false,
    added_at         timestamptz not null,
    deleted_at       timestamptz,
    primary key (appid, template_id),
    constraint a_template_is_of_a_known_kind check (kind in ('template', 'notice'))
);

create table sandbox.industries (
    appid      text primary key references sandbox.accounts,
    first_id   text not null,
    second_id  text not null,
    changed_at timestamptz not null
);

-- A person's word that one message of a template may be sent; a long-term one is never spent.
create table sandbox.message_consents (
    consent_id   bigint generated always as identity primary key,
    appid        text not null references sandbox.accounts,
    person_id    bigint not null references sandbox.people,
    template_id  text not null,
    scene        text not null default '',
    is_long_term boolean not null default false,
    given_at     timestamptz not null,
    spent_at     timestamptz
);
create index message_consents_unspent
    on sandbox.message_consents (appid, person_id, template_id, consent_id)
    where spent_at is null;

-- One message to many.
create table sandbox.broadcasts (
    msg_id       bigint generated always as identity (start with 3147483651) primary key,
    appid        text not null references sandbox.accounts,
    kind         text not null,
    content      jsonb not null,
    client_id    text not null default '',
    is_to_all    boolean not null,
    tag_id       bigint,
    state        text not null,
    made_at      timestamptz not null,
    sent_at      timestamptz,
    constraint a_broadcast_is_in_a_known_state check (
        state in ('SENDING', 'SEND_SUCCESS', 'DELETE'))
);
create unique index broadcasts_once_a_client_id on sandbox.broadcasts (appid, client_id)
    where client_id <> '';
create index broadcasts_by_day on sandbox.broadcasts (appid, made_at);

-- To whom a broadcast goes that names its people.
create table sandbox.broadcast_targets (
    msg_id    bigint not null references sandbox.broadcasts,
    person_id bigint not null references sandbox.people,
    primary key (msg_id, person_id)
);

create table sandbox.broadcast_speeds (
    appid text primary key references sandbox.accounts,
    speed integer not null,
    constraint a_speed_is_a_gear check (speed between 0 and 4)
);

-- What a person allows a web page to know, until it is taken back.
create table sandbox.page_grants (
    appid      text not null references sandbox.accounts,
    person_id  bigint not null references sandbox.people,
    scope      text not null,
    granted_at timestamptz not null,
    revoked_at timestamptz,
    primary key (appid, person_id, scope)
);

create table sandbox.page_codes (
    code        text primary key,
    appid       text not null references sandbox.accounts,
    person_id   bigint not null references sandbox.people,
    openid      text not null,
    scope       text not null,
    is_snapshot boolean not null,
    made_at     timestamptz not null,
    used_at     timestamptz
);

create table sandbox.page_tokens (
    token         text primary key,
    refresh_token text not null,
    appid         text not null references sandbox.accounts,
    person_id     bigint not null references sandbox.people,
    openid        text not null,
    scope         text not null,
    is_snapshot   boolean not null,
    expires_at    timestamptz not null,
    refresh_until timestamptz not null,
    revoked_at    timestamptz,
    constraint a_refresh_token_renews_one_token unique (refresh_token)
);
