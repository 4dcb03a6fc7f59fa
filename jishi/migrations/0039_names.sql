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
