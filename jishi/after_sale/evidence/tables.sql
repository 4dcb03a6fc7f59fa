-- What buyer and seller show each other of what went wrong.

-- A photograph of a case: pixels alone, in the size of a list and in that of a page.
create table after_sale.photographs (
    book     bigint not null,
    case_id  bigint not null,
    number   bigint not null,
    sender   text   not null,
    digest   text   not null,
    small    bytea  not null,
    whole    bytea  not null,
    shown_at timestamptz not null,
    primary key (book, case_id, number),
    foreign key (book, case_id) references after_sale.cases,
    constraint a_photograph_is_shown_once unique (book, case_id, digest),
    constraint a_photograph_is_shown_by_buyer_or_seller check (sender in ('buyer', 'seller')),
    constraint a_photograph_is_not_too_large check (
        octet_length(small) + octet_length(whole) <= 10 * 1024 * 1024)
);
comment on column after_sale.photographs.number is 'The event of this book that showed it.';
comment on column after_sale.photographs.digest is 'The SHA-256 of its bytes as a page shows them.';
alter table after_sale.photographs alter column small set storage external;
alter table after_sale.photographs alter column whole set storage external;

create trigger photographs_are_for_ever before update or delete on after_sale.photographs
    for each row execute function kernel.refuse_change();

create view after_sale.no_case_has_too_many_photographs with (security_invoker) as
select book, case_id, sender, count(*) as photographs
  from after_sale.photographs
 group by book, case_id, sender
having count(*) > 9;

insert into kernel.promises (promise, sentence, examined) values
    ('after_sale.no_case_has_too_many_photographs',
     'Buyer and seller show at most nine photographs each in a case.', 'after_sale.photographs');

alter table after_sale.photographs enable row level security;
alter table after_sale.photographs force row level security;
create policy one_book on after_sale.photographs
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy whoever_sees_the_case_sees_its_photographs on after_sale.photographs for select
    using (exists (select from after_sale.cases as wanted
                    where wanted.book = photographs.book
                      and wanted.case_id = photographs.case_id));
create policy the_verifier_sees_all on after_sale.photographs for select to jishi_verifier
    using (true);

grant select, insert on after_sale.photographs to jishi_app;
grant select on after_sale.photographs, after_sale.no_case_has_too_many_photographs
    to jishi_verifier;
