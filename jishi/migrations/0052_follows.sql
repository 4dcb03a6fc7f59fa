-- What WeChat told of who follows the account: each telling, the newest of a person holds.
create table evidence.follows (
    book         bigint  not null,
    number       bigint  not null,
    person_id    bigint  not null,
    is_following boolean not null,
    source       text    not null,
    told_at      timestamptz not null,
    primary key (book, number),
    constraint a_source_is_a_scene check (char_length(source) <= 64)
);
comment on column evidence.follows.source is 'The scene of the code he scanned; empty for none.';
create index follows_of_a_person on evidence.follows (book, person_id, number);

alter table evidence.follows enable row level security;
alter table evidence.follows force row level security;
create policy one_book on evidence.follows
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on evidence.follows for select to jishi_verifier using (true);

grant select, insert, delete on evidence.follows to jishi_app;
grant select on evidence.follows to jishi_verifier;
