-- People: who somebody is. Personal data stands here alone, under a key of each person's own.
create schema people;

-- Who was met. His data key lies wrapped by the market's secret; without it he is forgotten.
create table people.persons (
    book        bigint not null,
    person_id   bigint not null,
    wrapped_key bytea,
    met_at      timestamptz not null,
    primary key (book, person_id),
    constraint a_person_is_somebody check (person_id > 0),
    constraint a_person_is_in_his_book check (book = 1001 + person_id % 31),
    constraint a_wrapped_key_is_whole check (octet_length(wrapped_key) = 60)
);

-- A version of an address, never changed: an order keeps the one it was placed with.
create table people.addresses (
    book       bigint not null,
    address_id bigint not null,
    person_id  bigint not null,
    division   text   not null,
    sealed     bytea  not null,
    saved_at   timestamptz not null,
    primary key (book, address_id),
    constraint an_address_lies_in_a_district check (division ~ '^[1-9][0-9]{5}$'),
    constraint what_is_sealed_is_small check (octet_length(sealed) between 29 and 2000)
);
comment on column people.addresses.sealed is
    'Recipient, phone and street, under the person''s data key.';
create index addresses_of_a_person on people.addresses (book, person_id, address_id);

-- An address that a person uses no more: he removed it, or a newer version stands for it.
create table people.removals (
    book       bigint not null,
    address_id bigint not null,
    person_id  bigint not null,
    removed_at timestamptz not null,
    primary key (book, address_id)
);

-- The address that a person's checkout begins with.
create table people.defaults (
    book       bigint not null,
    person_id  bigint not null,
    address_id bigint not null,
    chosen_at  timestamptz not null,
    primary key (book, person_id)
);

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

-- A code that was asked for, to prove a phone or an address of mail. What is sent lies sealed with
-- a key of the code's own until it is on its way; of the code itself a keyed digest is kept.
create table people.codes (
    book     bigint not null,
    code_id  bigint not null,
    digest   bytea  not null,
    kind     text   not null,
    hash     bytea  not null,
    sealed   bytea,
    asked_at timestamptz not null,
    sent_at  timestamptz,
    tries    int not null default 0,
    used_at  timestamptz,
    primary key (book, code_id),
    constraint a_code_is_numbered check (code_id > 0),
    constraint the_digest_of_a_code_is_whole check (octet_length(digest) = 32),
    constraint a_code_is_where_its_digest_says
        check (book = 1001 + (get_byte(digest, 0) * 256 + get_byte(digest, 1)) % 31),
    constraint the_hash_of_a_code_is_whole check (octet_length(hash) = 32),
    constraint a_code_goes_to_a_phone_or_by_mail check (kind in ('phone', 'email')),
    constraint what_is_to_be_sent_is_small check (octet_length(sealed) between 29 and 2000),
    constraint what_was_sent_is_forgotten check (sent_at is null or sealed is null),
    constraint a_code_has_five_tries check (tries between 0 and 5),
    constraint a_code_serves_ten_minutes check (used_at <= asked_at + interval '10 min'),
    constraint a_used_code_was_tried check (used_at is null or tries > 0)
);
create index codes_of_an_identity on people.codes (book, digest, asked_at);

-- That somebody at an address of the network asked for a code; the address is a keyed digest.
create table people.askings (
    book     bigint not null,
    number   bigint not null,
    digest   bytea  not null,
    asked_at timestamptz not null,
    primary key (book, number),
    constraint the_digest_of_an_asking_is_whole check (octet_length(digest) = 32)
);
create index askings_of_an_address on people.askings (book, digest, asked_at);

create trigger addresses_are_for_ever before update or delete on people.addresses
    for each row execute function kernel.refuse_change();
create trigger removals_are_for_ever before update or delete on people.removals
    for each row execute function kernel.refuse_change();

create view people.every_address_is_somebodys with (security_invoker) as
select address.book, address.address_id, address.person_id
  from people.addresses as address
 where not exists (select from people.persons as person
                    where person.book = address.book and person.person_id = address.person_id);

create view people.every_default_is_in_use with (security_invoker) as
select chosen.book, chosen.person_id, chosen.address_id
  from people.defaults as chosen
 where not exists (select from people.addresses as address
                    where address.book = chosen.book and address.address_id = chosen.address_id
                      and address.person_id = chosen.person_id)
    or exists (select from people.removals as removal
                where removal.book = chosen.book and removal.address_id = chosen.address_id);

create view people.every_removal_is_of_his_own with (security_invoker) as
select removal.book, removal.address_id, removal.person_id
  from people.removals as removal
 where not exists (select from people.addresses as address
                    where address.book = removal.book and address.address_id = removal.address_id
                      and address.person_id = removal.person_id);

create view people.every_identity_is_somebodys with (security_invoker) as
select identity.book, identity.digest, identity.person_id
  from people.identities as identity
 where not exists (select from people.persons as person
                    where person.book = 1001 + identity.person_id % 31
                      and person.person_id = identity.person_id);

create view people.nobody_is_flooded with (security_invoker) as
select counted.book, counted.digest, max(counted.codes) as codes
  from (select code.book, code.digest,
               count(*) over (partition by code.book, code.digest order by code.asked_at
                              range between interval '1 day' preceding and current row) as codes
          from people.codes as code) as counted
 where counted.codes > 10
 group by counted.book, counted.digest;

insert into kernel.promises (promise, sentence, examined) values
    ('people.every_address_is_somebodys',
     'Every address belongs to a person who was met.', 'people.addresses'),
    ('people.every_default_is_in_use',
     'The address a checkout begins with is the person''s own, and in use.', 'people.defaults'),
    ('people.every_removal_is_of_his_own',
     'Whoever removed an address removed his own.', 'people.removals'),
    ('people.every_identity_is_somebodys',
     'Whatever somebody is recognised by belongs to a person who was met.', 'people.identities'),
    ('people.nobody_is_flooded',
     'No phone and no address of mail is sent more than ten codes a day.', 'people.codes');

alter table people.persons enable row level security;
alter table people.persons force row level security;
create policy one_book on people.persons
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy a_person_sees_his_own on people.persons for select
    using (person_id = (select nullif(current_setting('jishi.person', true), '')::bigint)
           and person_id <> 0);
create policy the_verifier_sees_all on people.persons for select to jishi_verifier using (true);

alter table people.addresses enable row level security;
alter table people.addresses force row level security;
create policy one_book on people.addresses
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy a_person_sees_his_own on people.addresses for select
    using (person_id = (select nullif(current_setting('jishi.person', true), '')::bigint)
           and person_id <> 0);
create policy the_verifier_sees_all on people.addresses for select to jishi_verifier using (true);

alter table people.removals enable row level security;
alter table people.removals force row level security;
create policy one_book on people.removals
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy a_person_sees_his_own on people.removals for select
    using (person_id = (select nullif(current_setting('jishi.person', true), '')::bigint)
           and person_id <> 0);
create policy the_verifier_sees_all on people.removals for select to jishi_verifier using (true);

alter table people.defaults enable row level security;
alter table people.defaults force row level security;
create policy one_book on people.defaults
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy a_person_sees_his_own on people.defaults for select
    using (person_id = (select nullif(current_setting('jishi.person', true), '')::bigint)
           and person_id <> 0);
create policy the_verifier_sees_all on people.defaults for select to jishi_verifier using (true);

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

alter table people.codes enable row level security;
alter table people.codes force row level security;
create policy one_book on people.codes
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on people.codes for select to jishi_verifier using (true);

alter table people.askings enable row level security;
alter table people.askings force row level security;
create policy one_book on people.askings
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on people.askings for select to jishi_verifier using (true);

grant usage on schema people to jishi_app, jishi_verifier;
grant select, insert on people.persons, people.addresses, people.removals to jishi_app;
grant select, insert, update, delete on people.defaults to jishi_app;
grant select, insert, delete on people.identities to jishi_app;
grant select, insert on people.adoptions, people.sessions to jishi_app;
grant update (closed_at) on people.sessions to jishi_app;
grant select, insert, delete on people.codes, people.askings to jishi_app;
grant update (sealed, sent_at, tries, used_at) on people.codes to jishi_app;
grant select on all tables in schema people to jishi_verifier;
