-- What a person is recognised by. Its name is kept twice: as a keyed digest, to find it, which
-- also says in which book it is; and sealed with the person's key, to show it or to send there.
create table people.identities (
    book          bigint not null,
    digest        bytea  not null,
    person_id     bigint not null,
    kind          text   not null,
    appid         text   not null,
    sealed        bytea  not null,
    recognised_at timestamptz not null,
    primary key (book, digest),
    constraint a_digest_is_whole check (octet_length(digest) = 32),
    constraint an_identity_is_where_its_digest_says
        check (book = 1001 + (get_byte(digest, 0) * 256 + get_byte(digest, 1)) % 31),
    constraint an_identity_is_somebodys check (person_id > 0),
    constraint a_kind_is_known check (kind in ('openid', 'unionid', 'phone', 'email')),
    constraint an_openid_is_of_an_account check ((kind = 'openid') = (appid <> '')),
    constraint an_appid_is_short check (length(appid) <= 32),
    constraint what_is_sealed_of_an_identity_is_small
        check (octet_length(sealed) between 29 and 400)
);
create index identities_of_a_person on people.identities (person_id, kind);

-- An id that became a person's: for the identity that asked first. A guest's id becomes his who
-- signs in on the guest's device, and nobody else's after that.
create table people.adoptions (
    book       bigint not null,
    person_id  bigint not null,
    digest     bytea  not null,
    adopted_at timestamptz not null,
    primary key (book, person_id),
    foreign key (book, person_id) references people.persons,
    constraint the_digest_of_an_adoption_is_whole check (octet_length(digest) = 32)
);

-- A browser in which a person is signed in. The browser's cookie names it, signed.
create table people.sessions (
    book       bigint not null,
    session_id bigint not null,
    person_id  bigint not null,
    opened_at  timestamptz not null,
    ends_at    timestamptz not null,
    closed_at  timestamptz,
    primary key (book, session_id),
    foreign key (book, person_id) references people.persons,
    constraint a_session_is_numbered check (session_id > 0),
    constraint a_session_ends check (ends_at > opened_at and ends_at <= opened_at + interval '30 d')
);
create index sessions_of_a_person on people.sessions (book, person_id, opened_at);

create view people.every_identity_is_somebodys with (security_invoker) as
select identity.book, identity.digest, identity.person_id
  from people.identities as identity
 where not exists (select from people.persons as person
                    where person.book = 1001 + identity.person_id % 31
                      and person.person_id = identity.person_id);

insert into kernel.promises (promise, sentence, examined) values
    ('people.every_identity_is_somebodys',
     'Whatever somebody is recognised by belongs to a person who was met.', 'people.identities');

alter table people.identities enable row level security;
alter table people.identities force row level security;
create policy one_book on people.identities
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy a_person_sees_his_own on people.identities for select
    using (person_id = (select nullif(current_setting('jishi.person', true), '')::bigint)
           and person_id <> 0);
create policy the_verifier_sees_all on people.identities for select to jishi_verifier using (true);

alter table people.adoptions enable row level security;
alter table people.adoptions force row level security;
create policy one_book on people.adoptions
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on people.adoptions for select to jishi_verifier using (true);

alter table people.sessions enable row level security;
alter table people.sessions force row level security;
create policy one_book on people.sessions
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy a_person_sees_his_own on people.sessions for select
    using (person_id = (select nullif(current_setting('jishi.person', true), '')::bigint)
           and person_id <> 0);
create policy the_verifier_sees_all on people.sessions for select to jishi_verifier using (true);

grant select, insert, delete on people.identities to jishi_app;
grant select, insert on people.adoptions, people.sessions to jishi_app;
grant update (closed_at) on people.sessions to jishi_app;
grant select on people.identities, people.adoptions, people.sessions,
                people.every_identity_is_somebodys to jishi_verifier;
