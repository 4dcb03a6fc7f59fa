-- Ports: what this house must remember about the systems outside it.
create schema ports;

-- The tokens WeChat gives an account for a while; all processes use the one that is here.
create table ports.tokens (
    appid        text   not null,
    kind         text   not null,
    number       bigint not null,
    sealed       bytea,
    expires_at   timestamptz,
    due_at       timestamptz,
    leased_until timestamptz,
    lessee       text,
    primary key (appid, kind),
    constraint a_token_is_of_a_known_kind check (kind in ('access_token', 'jsapi_ticket')),
    constraint tokens_are_counted_from_one check (number >= 0),
    constraint what_was_given_is_kept_sealed check ((number = 0) = (sealed is null)),
    constraint a_token_is_renewed_before_it_ends check (due_at <= expires_at),
    constraint a_lease_has_a_lessee check ((leased_until is null) = (lessee is null))
);
comment on column ports.tokens.number is 'Which token of its kind this is; 0 while there is none.';
comment on column ports.tokens.sealed is
    'AES-GCM, under a key that follows from the app secret: the database alone opens nothing.';
comment on column ports.tokens.expires_at is 'Null once WeChat has refused the token.';
comment on column ports.tokens.leased_until is
    'Until then one process renews it, outside any transaction; if it dies, the lease lapses.';

grant usage on schema ports to jishi_app, jishi_verifier;
grant select, insert, update on ports.tokens to jishi_app;
grant select on all tables in schema ports to jishi_verifier;
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
-- What shops ask of WeChat Pay, and what became of it.

-- Several orders that are paid with one password, or not at all.
create table sandbox.combined_orders (
    combined_id    bigint generated always as identity primary key,
    mchid          text not null references sandbox.merchants,
    appid          text not null references sandbox.accounts,
    out_trade_no   text not null,
    prepay_id      text not null,
    transaction_id text not null,
    notify_url     text not null,
    device_id      text not null,
    asked          text not null,
    constraint a_combined_number_names_one_combination unique (mchid, out_trade_no),
    constraint a_prepay_id_names_one_combination unique (prepay_id)
);

-- An order at WeChat: prepaid, then paid, closed, or left. The orders of a combination share its
-- prepay_id and have their places in it. `asked` is the request, to know it again; `bank_type` is
-- what it would be paid from; `tried` is how the last failed try to pay left it.
create table sandbox.orders (
    order_id       bigint generated always as identity primary key,
    mchid          text not null references sandbox.merchants,
    appid          text not null references sandbox.accounts,
    combined_id    bigint references sandbox.combined_orders,
    place          integer not null default 0,
    out_trade_no   text not null,
    prepay_id      text not null,
    trade_type     text not null,
    description    text not null,
    attach         text not null,
    total_fen      bigint not null,
    openid         text not null,
    notify_url     text not null,
    device_id      text not null,
    bank_type      text not null,
    is_sharing     boolean not null,
    asked          text not null,
    made_at        timestamptz not null,
    usable_until   timestamptz not null,
    expires_at     timestamptz not null,
    closed_at      timestamptz,
    tried          text not null default '',
    tried_at       timestamptz,
    transaction_id text,
    person_id      bigint references sandbox.people,
    payer_openid   text not null default '',
    paid_at        timestamptz,
    refunds        integer not null default 0,
    refunded_fen   bigint not null default 0,
    constraint an_out_trade_no_names_one_order unique (mchid, out_trade_no),
    constraint a_place_in_a_bill_is_taken_once unique (prepay_id, place),
    constraint a_transaction_id_names_one_order unique (transaction_id),
    constraint an_order_is_of_a_known_type check (trade_type in ('JSAPI', 'NATIVE', 'MWEB', 'APP')),
    constraint an_order_costs_something check (total_fen > 0),
    constraint a_failed_try_has_a_known_state check (tried in ('', 'USERPAYING', 'PAYERROR')),
    constraint a_paid_order_says_by_whom_and_under_which_number check (
        (paid_at is null) = (transaction_id is null) and (paid_at is null) = (person_id is null)),
    constraint a_closed_order_is_not_paid check (closed_at is null or paid_at is null),
    constraint no_more_is_refunded_than_was_paid check (
        refunded_fen between 0 and case when paid_at is null then 0 else total_fen end),
    constraint refunds_of_an_order_are_at_most_fifty check (refunds between 0 and 50)
);
create index orders_by_merchant_and_payment on sandbox.orders (mchid, paid_at)
 where paid_at is not null;
create index orders_by_payer on sandbox.orders (person_id, appid, paid_at)
 where paid_at is not null;

-- Money on its way back to a payer. `received_by` is the account that gets it.
create table sandbox.refunds (
    refund_id     text primary key,
    mchid         text not null references sandbox.merchants,
    order_id      bigint not null references sandbox.orders,
    out_refund_no text not null,
    refund_fen    bigint not null,
    status        text not null default 'PROCESSING',
    channel       text not null default 'ORIGINAL',
    received_by   text not null,
    reason        text not null,
    funds_account text not null,
    notify_url    text not null,
    asked         text not null,
    made_at       timestamptz not null,
    ended_at      timestamptz,
    constraint an_out_refund_no_names_one_refund unique (mchid, out_refund_no),
    constraint a_refund_gives_something_back check (refund_fen > 0),
    constraint a_refund_is_in_a_known_state check (
        status in ('PROCESSING', 'SUCCESS', 'ABNORMAL', 'CLOSED')),
    constraint a_refund_goes_a_known_way check (
        channel in ('ORIGINAL', 'BALANCE', 'OTHER_BALANCE', 'OTHER_BANKCARD')),
    constraint a_refund_that_ended_says_when check (
        (ended_at is null) = (status in ('PROCESSING', 'ABNORMAL')))
);
create index refunds_by_order on sandbox.refunds (order_id);

-- Who typed a wrong payment password of late, how often, and until when nothing is asked of them.
create table sandbox.wrong_passwords (
    person_id    bigint primary key references sandbox.people,
    wrong        integer not null,
    locked_until timestamptz not null,
    constraint wrong_tries_are_counted check (wrong > 0)
);
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
-- What accounts write: media, drafts, publishings, articles, and who read and shared them.

-- Pictures, voices and films: for three days, or for ever.
create table sandbox.media (
    media_id     text primary key,
    appid        text not null references sandbox.accounts,
    kind         text not null,
    filename     text not null,
    media_type   text not null,
    bytes        bytea not null,
    title        text not null default '',
    introduction text not null default '',
    made_at      timestamptz not null,
    expires_at   timestamptz,
    constraint media_are_of_a_known_kind check (
        kind in ('image', 'voice', 'video', 'thumb', 'inline'))
);
create index media_for_ever on sandbox.media (appid, kind, made_at desc)
    where expires_at is null;

-- Articles being written. Published or broadcast, a draft is gone.
create table sandbox.drafts (
    media_id   text primary key,
    appid      text not null references sandbox.accounts,
    articles   jsonb not null,
    made_at    timestamptz not null,
    changed_at timestamptz not null
);
create index drafts_of_an_account on sandbox.drafts (appid, changed_at desc);

-- The publishing of a draft, which takes its time.
create table sandbox.publications (
    publish_id   bigint generated always as identity (start with 2247483649) primary key,
    appid        text not null references sandbox.accounts,
    media_id     text not null,
    article_id   text not null,
    articles     jsonb not null,
    state        integer not null,
    submitted_at timestamptz not null,
    ended_at     timestamptz
);
comment on column sandbox.publications.state is
    'As the interface numbers it: 0 published, 1 under way, 3 failed, 5 all deleted.';
create index publications_of_an_article on sandbox.publications (appid, article_id);

-- Articles that anybody can read at /s/{slug}.
create table sandbox.articles (
    slug         text primary key,
    appid        text not null references sandbox.accounts,
    article_id   text not null,
    position     integer not null,
    msg_id       bigint,
    title        text not null,
    author       text not null,
    digest       text not null,
    content      text not null,
    source_url   text not null,
    cover_url    text not null,
    published_at timestamptz not null,
    deleted_at   timestamptz
);
create index articles_of_an_account on sandbox.articles (appid, published_at desc);
create index articles_together on sandbox.articles (appid, article_id, position);

create table sandbox.article_reads (
    read_id   bigint generated always as identity primary key,
    slug      text not null references sandbox.articles,
    person_id bigint references sandbox.people,
    source    text not null,
    read_at   timestamptz not null
);
create index article_reads_by_day on sandbox.article_reads (slug, read_at);

create table sandbox.article_shares (
    share_id  bigint generated always as identity primary key,
    slug      text not null references sandbox.articles,
    person_id bigint not null references sandbox.people,
    scene     text not null,
    shared_at timestamptz not null
);
create index article_shares_by_day on sandbox.article_shares (slug, shared_at);
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
-- What payers complain of, and what was done about it.
create table sandbox.complaints (
    complaint_id     text primary key,
    mchid            text not null references sandbox.merchants,
    person_id        bigint not null references sandbox.people,
    openid           text not null,
    transaction_id   text not null,
    out_trade_no     text not null,
    total_fen        bigint not null,
    problem          text not null,
    problem_type     text not null,
    asked_refund_fen bigint not null,
    detail           text not null,
    state            text not null default 'PENDING',
    is_reply_awaited boolean not null default true,
    times            integer not null default 1,
    made_at          timestamptz not null,
    constraint a_complaint_is_in_a_known_state
        check (state in ('PENDING', 'PROCESSING', 'PROCESSED')),
    constraint a_complaint_is_of_a_known_kind
        check (problem_type in ('REFUND', 'SERVICE_NOT_WORK', 'OTHERS')),
    constraint no_more_is_asked_back_than_was_paid check (asked_refund_fen between 0 and total_fen)
);
create index complaints_by_merchant on sandbox.complaints (mchid, made_at);
create index complaints_by_payment on sandbox.complaints (transaction_id);

-- Every step of a complaint, of the payer, the merchant or WeChat.
create table sandbox.complaint_steps (
    step_id      bigint generated always as identity primary key,
    complaint_id text not null references sandbox.complaints,
    operator     text not null,
    kind         text not null,
    details      text not null,
    images       text[] not null default '{}',
    made_at      timestamptz not null
);
create index complaint_steps_in_order on sandbox.complaint_steps (complaint_id, step_id);

-- Where a merchant wants to hear of complaints.
create table sandbox.complaint_addresses (
    mchid text primary key references sandbox.merchants,
    url   text not null
);
-- Who may receive a part of a merchant's payments.
create table sandbox.sharing_receivers (
    mchid         text not null references sandbox.merchants,
    kind          text not null,
    account       text not null,
    relation_type text not null,
    custom        text not null,
    primary key (mchid, kind, account),
    constraint a_receiver_is_of_a_known_kind check (kind in ('MERCHANT_ID', 'PERSONAL_OPENID'))
);

-- A request to share, or (without receivers) to unfreeze what is left.
create table sandbox.sharings (
    order_id       text primary key,
    mchid          text not null references sandbox.merchants,
    transaction_id text not null,
    out_order_no   text not null,
    asked          text not null,
    is_unfreezing  boolean not null,
    is_unfreezing_rest boolean not null,
    made_at        timestamptz not null,
    finished_at    timestamptz,
    constraint an_out_order_no_names_one_sharing unique (mchid, out_order_no)
);
create index sharings_by_payment on sandbox.sharings (transaction_id);

-- What each receiver gets.
create table sandbox.shares (
    detail_id   text primary key,
    order_id    text not null references sandbox.sharings,
    kind        text not null,
    account     text not null,
    share_fen   bigint not null,
    description text not null,
    result      text not null default 'PENDING',
    fail_reason text not null default '',
    made_at     timestamptz not null,
    finished_at timestamptz,
    constraint a_share_gives_something check (share_fen > 0),
    constraint a_share_has_a_known_result check (result in ('PENDING', 'SUCCESS', 'CLOSED')),
    constraint a_share_failed_for_a_reason check ((result = 'CLOSED') = (fail_reason <> ''))
);
create index shares_by_sharing on sandbox.shares (order_id);

-- What a receiving merchant gives back.
create table sandbox.sharing_returns (
    return_id     text primary key,
    mchid         text not null references sandbox.merchants,
    order_id      text not null references sandbox.sharings,
    detail_id     text not null references sandbox.shares,
    out_return_no text not null,
    return_mchid  text not null references sandbox.merchants,
    return_fen    bigint not null,
    description   text not null,
    asked         text not null,
    result        text not null default 'PROCESSING',
    fail_reason   text not null default '',
    made_at       timestamptz not null,
    finished_at   timestamptz,
    constraint an_out_return_no_names_one_return unique (mchid, out_return_no),
    constraint a_return_gives_something_back check (return_fen > 0),
    constraint a_return_has_a_known_result check (result in ('PROCESSING', 'SUCCESS', 'FAILED'))
);
create index returns_by_share on sandbox.sharing_returns (detail_id);
-- Money on its way to a person, who has a day to confirm it.
create table sandbox.transfers (
    transfer_bill_no text primary key,
    mchid        text not null references sandbox.merchants,
    appid        text not null references sandbox.accounts,
    out_bill_no  text not null,
    openid       text not null,
    person_id    bigint not null references sandbox.people,
    transfer_fen bigint not null,
    remark       text not null,
    scene_id     text not null,
    notify_url   text not null,
    package_info text not null,
    asked        text not null,
    state        text not null default 'WAIT_USER_CONFIRM',
    fail_reason  text not null default '',
    is_hidden    boolean not null,
    made_at      timestamptz not null,
    changed_at   timestamptz not null,
    constraint an_out_bill_no_names_one_transfer unique (mchid, out_bill_no),
    constraint a_package_names_one_transfer unique (package_info),
    constraint a_transfer_gives_something check (transfer_fen > 0),
    constraint a_transfer_is_in_a_known_state check (
        state in ('WAIT_USER_CONFIRM', 'TRANSFERING', 'SUCCESS', 'FAIL', 'CANCELING', 'CANCELLED'))
);
create index transfers_by_merchant on sandbox.transfers (mchid, changed_at);
create index transfers_by_person on sandbox.transfers (person_id, state);
-- A bill that was asked for, until its address is no good any more.
create table sandbox.bill_files (
    token    text primary key,
    mchid    text not null references sandbox.merchants,
    content  bytea not null,
    is_zip   boolean not null,
    until_at timestamptz not null
);

-- WeChat's fee of a payment: 0.60 percent, half a fen rounded up.
create function sandbox.fee_fen(total_fen bigint) returns bigint
    language sql immutable parallel safe
    return (total_fen * 60 + 5000) / 10000;

-- Refunds that arrived, with the part of the fee that came back: over all refunds of a payment as
-- much of the fee as of the price.
create view sandbox.refunds_with_fees with (security_invoker) as
select refund.refund_id, refund.mchid, refund.order_id, refund.out_refund_no, refund.refund_fen,
       refund.channel, refund.made_at, refund.ended_at,
       (sandbox.fee_fen(paid.total_fen) * done.fen / paid.total_fen)
     - (sandbox.fee_fen(paid.total_fen) * (done.fen - refund.refund_fen) / paid.total_fen)
           as fee_back_fen
  from sandbox.refunds as refund
  join sandbox.orders as paid on paid.order_id = refund.order_id
  join lateral (select sum(before.refund_fen)::bigint as fen
                  from sandbox.refunds as before
                 where before.order_id = refund.order_id and before.status = 'SUCCESS'
                   and (before.ended_at, before.refund_id)
                    <= (refund.ended_at, refund.refund_id)) as done on true
 where refund.status = 'SUCCESS';

-- All that ever came into an account of a merchant, or left it; amounts out are negative.
create view sandbox.fund_flows with (security_invoker) as
select paid.mchid, 'BASIC' as account, paid.paid_at as moved_at, paid.transaction_id as business_id,
       paid.transaction_id || '01' as flow_id, '交易' as name, '交易' as kind,
       paid.total_fen as moved_fen, 0::bigint as part_fen, paid.out_trade_no as voucher_no
  from sandbox.orders as paid where paid.paid_at is not null
union all
select paid.mchid, 'BASIC', paid.paid_at, paid.transaction_id, paid.transaction_id || '02', '交易',
       '扣除交易手续费', -sandbox.fee_fen(paid.total_fen), 0, paid.out_trade_no
  from sandbox.orders as paid
 where paid.paid_at is not null and sandbox.fee_fen(paid.total_fen) > 0
union all
select refund.mchid, 'BASIC', refund.ended_at, refund.refund_id, refund.refund_id || '01', '退款',
       '退款', refund.fee_back_fen - refund.refund_fen, refund.fee_back_fen, refund.out_refund_no
  from sandbox.refunds_with_fees as refund
union all
select sharing.mchid, 'BASIC', share.finished_at, sharing.order_id, share.detail_id || '01', '分账',
       '分账', -share.share_fen, 0, sharing.out_order_no
  from sandbox.shares as share
  join sandbox.sharings as sharing on sharing.order_id = share.order_id
 where share.result = 'SUCCESS'
union all
select share.account, 'BASIC', share.finished_at, sharing.order_id, share.detail_id || '02', '分账',
       '分账', share.share_fen, 0, sharing.out_order_no
  from sandbox.shares as share
  join sandbox.sharings as sharing on sharing.order_id = share.order_id
 where share.result = 'SUCCESS' and share.kind = 'MERCHANT_ID'
union all
select given.mchid, 'BASIC', given.finished_at, given.return_id, given.return_id || '01',
       '分账回退', '分账回退', given.return_fen, 0, given.out_return_no
  from sandbox.sharing_returns as given where given.result = 'SUCCESS'
union all
select given.return_mchid, 'BASIC', given.finished_at, given.return_id, given.return_id || '02',
       '分账回退', '分账回退', -given.return_fen, 0, given.out_return_no
  from sandbox.sharing_returns as given where given.result = 'SUCCESS'
union all
select merchant.mchid, 'OPERATION', merchant.registered_at, 'R' || merchant.mchid,
       'R' || merchant.mchid || '01', '充值', '充值', 100000000, 0, ''
  from sandbox.merchants as merchant
union all
select transfer.mchid, 'OPERATION', transfer.changed_at, transfer.transfer_bill_no,
       transfer.transfer_bill_no || '01', '商家转账', '商家转账', -transfer.transfer_fen, 0,
       transfer.out_bill_no
  from sandbox.transfers as transfer where transfer.state = 'SUCCESS';
-- The phone: what people say to each other and show each other. Accounts' chats are the account's.

-- Where friends talk: a pair, or a group with a name.
create table sandbox.rooms (
    room_id   bigint generated always as identity primary key,
    name      text not null default '',
    pair      text,
    opened_at timestamptz not null,
    constraint two_people_have_one_room unique (pair),
    constraint a_group_has_a_name check ((pair is null) = (name <> ''))
);
comment on column sandbox.rooms.pair is 'The two of a pair, as "3:8"; none in a group.';

create table sandbox.room_people (
    room_id   bigint not null references sandbox.rooms,
    person_id bigint not null references sandbox.people,
    joined_at timestamptz not null,
    primary key (room_id, person_id)
);
create index rooms_of_a_person on sandbox.room_people (person_id);

create table sandbox.room_messages (
    message_id bigint generated always as identity primary key,
    room_id    bigint not null references sandbox.rooms,
    person_id  bigint not null references sandbox.people,
    kind       text not null,
    content    jsonb not null,
    said_at    timestamptz not null,
    constraint friends_say_what_can_be_shown check (kind in ('text', 'card', 'photo', 'place'))
);
create index room_messages_in_order on sandbox.room_messages (room_id, message_id desc);

-- What a person shows to all friends: words, with a link or a picture.
create table sandbox.moments (
    moment_id bigint generated always as identity primary key,
    person_id bigint not null references sandbox.people,
    kind      text not null,
    content   jsonb not null,
    posted_at timestamptz not null,
    constraint a_moment_shows_what_can_be_shown check (kind in ('text', 'card', 'photo'))
);

create table sandbox.moment_likes (
    moment_id bigint not null references sandbox.moments,
    person_id bigint not null references sandbox.people,
    liked_at  timestamptz not null,
    primary key (moment_id, person_id)
);

-- Pictures, by the digest of their bytes.
create table sandbox.photos (
    photo_id   text primary key,
    media_type text not null,
    bytes      bytea not null,
    kept_at    timestamptz not null
);

-- Up to which message a person has read a chat: `chat` is an appid, or "room-" and its number.
create table sandbox.chat_reads (
    person_id  bigint not null references sandbox.people,
    chat       text not null,
    message_id bigint not null,
    read_at    timestamptz not null,
    primary key (person_id, chat)
);
