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
