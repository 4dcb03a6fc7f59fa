-- What waits for a shop's staff: told when it came in. It names ids alone, nobody.
create table staff.notices (
    book     bigint not null,
    number   bigint not null,
    kind     text   not null,
    about_id bigint not null,
    told_at  timestamptz not null,
    primary key (book, number),
    constraint a_notice_is_of_a_known_kind check (
        kind in ('order_paid', 'case_opened', 'case_changed', 'case_sent_back',
                 'case_escalated'))
);
comment on column staff.notices.number is 'The event of this book that told it.';
create index newest_notices on staff.notices (book, number desc) include (kind, told_at);

-- How far a member has read what his shop was told.
create table staff.seen_notices (
    book     bigint not null,
    staff_id bigint not null,
    number   bigint not null,
    primary key (book, staff_id),
    constraint what_is_seen_was_told foreign key (book, number) references staff.notices
) with (fillfactor = 70);

alter table staff.notices enable row level security;
alter table staff.notices force row level security;
create policy one_book on staff.notices
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on staff.notices for select to jishi_verifier using (true);

alter table staff.seen_notices enable row level security;
alter table staff.seen_notices force row level security;
create policy one_book on staff.seen_notices
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));

grant select, insert on staff.notices, staff.seen_notices to jishi_app;
grant update (number) on staff.seen_notices to jishi_app;
grant select on staff.notices to jishi_verifier;
