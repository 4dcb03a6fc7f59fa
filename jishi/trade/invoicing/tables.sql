-- Invoices: what is to be written on one, sealed, and which one was issued.

-- What a buyer wants on his invoice; the newest holds until it is issued.
create table trade.invoice_wishes (
    book     bigint not null,
    order_id bigint not null,
    number   bigint not null,
    kind     text   not null,
    sealed   bytea  not null,
    asked_at timestamptz not null,
    primary key (book, order_id, number),
    foreign key (book, order_id) references trade.orders,
    constraint an_invoice_is_somebody_s_or_a_company_s check (kind in ('personal', 'company')),
    constraint what_is_sealed_is_small check (octet_length(sealed) between 29 and 2000)
);
comment on column trade.invoice_wishes.number is 'The event of this book that asked for it.';
comment on column trade.invoice_wishes.sealed is
    'Title, tax number and mail, under a key made of the market''s secret and the order.';

create table trade.invoices (
    book           bigint not null,
    order_id       bigint not null,
    number         bigint not null,
    invoice_number text   not null,
    staff_id       bigint not null,
    issued_at      timestamptz not null,
    primary key (book, order_id),
    foreign key (book, order_id) references trade.orders,
    constraint an_invoice_number_is_of_one_order unique (book, invoice_number),
    constraint an_invoice_number_has_digits check (invoice_number ~ '^[0-9]{8,20}$')
);
comment on column trade.invoices.number is 'The event of this book that told of it.';

create trigger invoice_wishes_are_for_ever before update or delete on trade.invoice_wishes
    for each row execute function kernel.refuse_change();
create trigger invoices_are_for_ever before update or delete on trade.invoices
    for each row execute function kernel.refuse_change();

create view trade.every_invoice_was_asked_for_and_is_of_a_paid_order with (security_invoker) as
select issued.book, issued.order_id, issued.invoice_number
  from trade.invoices as issued
 where not exists (select from trade.invoice_wishes as wish
                    where wish.book = issued.book and wish.order_id = issued.order_id
                      and wish.number < issued.number)
    or not exists (select from trade.order_steps as step
                    where step.book = issued.book and step.order_id = issued.order_id
                      and step.state = 'paid' and step.number < issued.number);

insert into kernel.promises (promise, sentence, examined) values
    ('trade.every_invoice_was_asked_for_and_is_of_a_paid_order',
     'An invoice was asked for, once, and is of an order that was paid.', 'trade.invoices');

alter table trade.invoice_wishes enable row level security;
alter table trade.invoice_wishes force row level security;
create policy one_book on trade.invoice_wishes
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy whoever_sees_the_order_sees_its_wish on trade.invoice_wishes for select
    using (exists (select from trade.orders as placed
                    where placed.book = invoice_wishes.book
                      and placed.order_id = invoice_wishes.order_id));
create policy the_verifier_sees_all on trade.invoice_wishes for select
    to jishi_verifier using (true);

alter table trade.invoices enable row level security;
alter table trade.invoices force row level security;
create policy one_book on trade.invoices
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy whoever_sees_the_order_sees_its_invoice on trade.invoices for select
    using (exists (select from trade.orders as placed
                    where placed.book = invoices.book and placed.order_id = invoices.order_id));
create policy the_verifier_sees_all on trade.invoices for select to jishi_verifier using (true);

grant select, insert on trade.invoice_wishes, trade.invoices to jishi_app;
grant select on trade.invoice_wishes, trade.invoices,
    trade.every_invoice_was_asked_for_and_is_of_a_paid_order to jishi_verifier;
