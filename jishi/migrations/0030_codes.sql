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

create view people.nobody_is_flooded with (security_invoker) as
select counted.book, counted.digest, max(counted.codes) as codes
  from (select code.book, code.digest,
               count(*) over (partition by code.book, code.digest order by code.asked_at
                              range between interval '1 day' preceding and current row) as codes
          from people.codes as code) as counted
 where counted.codes > 10
 group by counted.book, counted.digest;

insert into kernel.promises (promise, sentence, examined) values
    ('people.nobody_is_flooded',
     'No phone and no address of mail is sent more than ten codes a day.', 'people.codes');

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

grant select, insert, delete on people.codes, people.askings to jishi_app;
grant update (sealed, sent_at, tries, used_at) on people.codes to jishi_app;
grant select on people.codes, people.askings, people.nobody_is_flooded to jishi_verifier;

-- What came to phones and mailboxes beside WeChat's own messages.
create table sandbox.post (
    post_id    bigint generated always as identity primary key,
    message_id text not null unique,
    kind       text not null,
    recipient  text not null,
    subject    text not null,
    words      text not null,
    came_at    timestamptz not null
);
