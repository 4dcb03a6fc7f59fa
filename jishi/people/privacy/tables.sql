-- What a person is called on his own pages, sealed with his key.
create table people.names (
    book       bigint not null,
    person_id  bigint not null,
    sealed     bytea  not null,
    written_at timestamptz not null,
    primary key (book, person_id),
    foreign key (book, person_id) references people.persons,
    constraint what_is_sealed_of_a_name_is_small check (octet_length(sealed) between 29 and 400)
);

alter table people.names enable row level security;
alter table people.names force row level security;
create policy one_book on people.names
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy a_person_sees_his_own on people.names for select
    using (person_id = (select nullif(current_setting('jishi.person', true), '')::bigint)
           and person_id <> 0);
create policy the_verifier_sees_all on people.names for select to jishi_verifier using (true);

grant select, insert, delete on people.names to jishi_app;
grant update (sealed, written_at) on people.names to jishi_app;
grant select on people.names to jishi_verifier;

-- What a person agreed to, or does no more: each saying is kept, the newest of a purpose holds.
create table people.consents (
    book      bigint  not null,
    number    bigint  not null,
    person_id bigint  not null,
    purpose   text    not null,
    version   text    not null,
    is_given  boolean not null,
    place     text    not null,
    said_at   timestamptz not null,
    primary key (book, number),
    foreign key (book, person_id) references people.persons,
    constraint a_purpose_is_known check (purpose in ('rules', 'privacy')),
    constraint a_version_is_of_a_text check (version ~ '^[0-9a-f]{16}$'),
    constraint a_consent_was_said_somewhere check (place in ('sign_in', 'privacy_page'))
);
comment on column people.consents.number is 'The event of this book by which it was said.';
comment on column people.consents.version is 'The beginning of the digest of the text, as shown.';
create index consents_of_a_person on people.consents (book, person_id, number);

-- That a person took his data with him.
create table people.exports (
    book        bigint not null,
    number      bigint not null,
    person_id   bigint not null,
    exported_at timestamptz not null,
    primary key (book, number),
    foreign key (book, person_id) references people.persons
);
create index exports_of_a_person on people.exports (book, person_id, exported_at);

-- Who is forgotten, since when. His data key is destroyed; what it sealed nobody reads again.
create table people.erasures (
    book      bigint not null,
    person_id bigint not null,
    erased_at timestamptz not null,
    primary key (book, person_id),
    foreign key (book, person_id) references people.persons
);

create trigger consents_are_for_ever before update or delete on people.consents
    for each row execute function kernel.refuse_change();
create trigger exports_are_for_ever before update or delete on people.exports
    for each row execute function kernel.refuse_change();
create trigger erasures_are_for_ever before update or delete on people.erasures
    for each row execute function kernel.refuse_change();

create view people.nobody_who_is_erased_is_remembered with (security_invoker) as
select person.book, person.person_id, erasure.erased_at
  from people.persons as person
  left join people.erasures as erasure
    on erasure.book = person.book and erasure.person_id = person.person_id
 where (person.wrapped_key is null) <> (erasure.erased_at is not null)
    or (erasure.erased_at is not null and (
        exists (select from people.names as name
                 where name.book = person.book and name.person_id = person.person_id)
        or exists (select from people.defaults as chosen
                    where chosen.book = person.book and chosen.person_id = person.person_id)
        or exists (select from people.adoptions as adoption
                    where adoption.book = person.book and adoption.person_id = person.person_id)
        or exists (select from people.sessions as session
                    where session.book = person.book and session.person_id = person.person_id
                      and session.closed_at is null and session.ends_at > now())
        or (erasure.erased_at < now() - interval '1 hour'
            and exists (select from people.identities as identity
                         where identity.person_id = person.person_id))));

insert into kernel.promises (promise, sentence, examined) values
    ('people.nobody_who_is_erased_is_remembered',
     'No person who was erased keeps a key, a name, or anything he could be known by.',
     'people.persons');

alter table people.consents enable row level security;
alter table people.consents force row level security;
create policy one_book on people.consents
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy a_person_sees_his_own on people.consents for select
    using (person_id = (select nullif(current_setting('jishi.person', true), '')::bigint)
           and person_id <> 0);
create policy the_verifier_sees_all on people.consents for select to jishi_verifier using (true);

alter table people.exports enable row level security;
alter table people.exports force row level security;
create policy one_book on people.exports
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy a_person_sees_his_own on people.exports for select
    using (person_id = (select nullif(current_setting('jishi.person', true), '')::bigint)
           and person_id <> 0);
create policy the_verifier_sees_all on people.exports for select to jishi_verifier using (true);

alter table people.erasures enable row level security;
alter table people.erasures force row level security;
create policy one_book on people.erasures
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on people.erasures for select to jishi_verifier using (true);

grant select, insert on people.consents, people.exports, people.erasures to jishi_app;
grant update (wrapped_key) on people.persons to jishi_app;
grant delete on people.adoptions to jishi_app;
grant select on people.consents, people.exports, people.erasures,
    people.nobody_who_is_erased_is_remembered to jishi_verifier;
