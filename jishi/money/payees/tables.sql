-- What a shop is paid with at WeChat Pay: sealed, each version kept.
create table money.credentials (
    book          bigint  not null,
    version       bigint  not null,
    mchid         text    not null,
    serial        text    not null,
    public_key_id text    not null,
    last_four     text    not null,
    sealed        text    not null,
    from_at       timestamptz not null,
    retired_at    timestamptz,
    primary key (book, version),
    constraint credentials_name_a_merchant check (mchid <> '' and serial <> '')
);
comment on column money.credentials.version is 'The event of this book that set them.';
comment on column money.credentials.sealed is
    'The private key, the APIv3 key and WeChat''s public key, sealed for this book and merchant.';
comment on column money.credentials.last_four is 'The end of the APIv3 key, to know it again by.';

create view money.every_payment_is_to_its_shop_s_merchant with (security_invoker) as
select attempt.book, attempt.attempt_id, attempt.mchid, attempt.started_at
  from money.attempts as attempt
 where exists (select from money.credentials as held
                where held.book = attempt.book
                  and held.from_at < attempt.started_at - interval '1 minute'
                  and coalesce(held.retired_at > attempt.started_at, true))
   and not exists (select from money.credentials as held
                    where held.book = attempt.book and held.mchid = attempt.mchid);

insert into kernel.promises (promise, sentence, examined) values
    ('money.every_payment_is_to_its_shop_s_merchant',
     'A shop with a merchant number of its own is paid into it, and into no other.',
     'money.attempts');

alter table money.credentials enable row level security;
alter table money.credentials force row level security;
create policy one_book on money.credentials
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on money.credentials for select to jishi_verifier using (true);

-- Whoever fetches bills sees only which shops have a merchant of their own, in no book.
create function money.books_with_credentials(books_max integer)
    returns table (book bigint)
    language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    select distinct held.book from money.credentials as held order by held.book limit books_max
$$;
alter function money.books_with_credentials(integer) owner to jishi_verifier;
revoke execute on function money.books_with_credentials(integer) from public;
grant execute on function money.books_with_credentials(integer) to jishi_app;

grant select, insert on money.credentials to jishi_app;
grant update (retired_at, sealed) on money.credentials to jishi_app;
grant select on money.credentials to jishi_verifier;
grant select on money.every_payment_is_to_its_shop_s_merchant to jishi_verifier;
