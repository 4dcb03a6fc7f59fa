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
