-- Webhooks: whom the events of a shop are told to.
create schema webhooks;

-- A program's address, and how far in its shop's events it was told.
create table webhooks.webhooks (
    book       bigint  not null,
    webhook_id bigint  not null,
    public_id  text    not null,
    url        text    not null,
    kinds      text[]  not null,
    place      bigint  not null,
    failures   integer not null default 0,
    due_at     timestamptz not null,
    added_at   timestamptz not null,
    off_at     timestamptz,
    primary key (book, webhook_id),
    constraint an_address_leads_to_one_webhook unique (book, public_id),
    constraint a_webhook_tells_something check (cardinality(kinds) > 0),
    constraint a_place_is_in_the_events check (place >= 0),
    constraint failures_are_counted_from_zero check (failures >= 0)
);
comment on column webhooks.webhooks.place is 'The number of the last event of its book it is past.';
create index webhooks_by_their_time on webhooks.webhooks (due_at) where off_at is null;

-- Each time a program was told, or should have been.
create table webhooks.deliveries (
    book       bigint  not null,
    webhook_id bigint  not null,
    tried_at   timestamptz not null,
    number     bigint  not null,
    kind       text    not null,
    status     integer not null,
    took_ms    integer not null,
    trouble    text    not null,
    primary key (book, webhook_id, tried_at),
    constraint trouble_is_short check (char_length(trouble) <= 200)
);
comment on column webhooks.deliveries.number is 'The event that it told.';
comment on column webhooks.deliveries.status is 'As HTTP answered; 0 where nobody did.';
create index deliveries_by_their_age on webhooks.deliveries (tried_at);

-- The courier takes what is due in whatever book, leased for two minutes.
create function webhooks.take_due(webhooks_max integer)
    returns table (book bigint, webhook_id bigint, webhook text, url text, kinds text[],
                   place bigint, failures integer, head bigint)
    language sql volatile set search_path = pg_catalog, pg_temp as $$
    with due as (
        select webhook.book, webhook.webhook_id, book.event_count as head
          from webhooks.webhooks as webhook
          join kernel.books as book on book.book = webhook.book
         where webhook.off_at is null and webhook.due_at <= clock_timestamp()
           and book.event_count > webhook.place
         order by webhook.due_at
         limit webhooks_max
           for no key update of webhook skip locked
    )
    update webhooks.webhooks as webhook
       set due_at = clock_timestamp() + interval '2 minutes'
      from due
     where webhook.book = due.book and webhook.webhook_id = due.webhook_id
    returning webhook.book, webhook.webhook_id, webhook.public_id, webhook.url, webhook.kinds,
              webhook.place, webhook.failures, due.head
$$;
create function webhooks.forget_old() returns void
    language sql volatile set search_path = pg_catalog, pg_temp as $$
    delete from webhooks.deliveries where tried_at < clock_timestamp() - interval '30 days'
$$;
revoke execute on function webhooks.take_due(integer), webhooks.forget_old() from public;
grant execute on function webhooks.take_due(integer), webhooks.forget_old() to jishi_app;

grant usage on schema webhooks to jishi_app, jishi_verifier;
grant select, insert, delete on webhooks.webhooks, webhooks.deliveries to jishi_app;
grant update (place, failures, due_at, off_at) on webhooks.webhooks to jishi_app;
grant select on all tables in schema webhooks to jishi_verifier;
