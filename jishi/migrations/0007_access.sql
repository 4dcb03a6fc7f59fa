-- Access: who else may enter.
create schema access;

-- A key of the API: for one book, for some scopes, until it ends or is revoked.
create table access.api_keys (
    book       bigint not null,
    key_id     bigint not null,
    name       text   not null,
    scopes     text[] not null,
    digest     text   not null,
    issued_by  bigint not null,
    issued_at  timestamptz not null,
    ends_at    timestamptz,
    revoked_at timestamptz,
    primary key (book, key_id),
    constraint a_key_has_a_name check (char_length(name) between 1 and 60),
    constraint a_key_is_for_something check (cardinality(scopes) > 0),
    constraint a_digest_is_a_sha256 check (digest ~ '^[0-9a-f]{64}$')
);
comment on column access.api_keys.digest is 'SHA-256 of the secret, which is kept nowhere.';

alter table access.api_keys enable row level security;
alter table access.api_keys force row level security;
create policy one_book on access.api_keys
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on access.api_keys for select to jishi_verifier using (true);

grant usage on schema access to jishi_app, jishi_verifier;
grant select, insert on access.api_keys to jishi_app;
grant update (revoked_at) on access.api_keys to jishi_app;
grant select on access.api_keys to jishi_verifier;
