-- Parcels: what was sent to a buyer, by whom, and what is in each.

-- A parcel of an order. Its number is its event's, which no other of this book has.
create table fulfilment.parcels (
    book            bigint not null,
    number          bigint not null,
    order_id        bigint not null,
    carrier         text   not null,
    tracking_number text   not null,
    staff_id        bigint not null,
    shipped_at      timestamptz not null,
    primary key (book, number),
    foreign key (book, order_id) references trade.orders,
    constraint a_parcel_can_be_traced check (
        carrier ~ '^[A-Z]{2,8}$' and tracking_number ~ '^[0-9A-Za-z-]{4,40}$')
);
comment on column fulfilment.parcels.number is 'The event of this book that sent it.';
create index parcels_of_an_order on fulfilment.parcels (book, order_id, number);

create table fulfilment.parcel_lines (
    book     bigint  not null,
    number   bigint  not null,
    order_id bigint  not null,
    position integer not null,
    quantity integer not null,
    primary key (book, number, position),
    foreign key (book, number) references fulfilment.parcels,
    foreign key (book, order_id, position) references trade.order_lines,
    constraint something_of_a_line_is_in_it check (quantity between 1 and 999)
);
create index parcels_of_a_line on fulfilment.parcel_lines (book, order_id, position);

-- Another carrier or number for a parcel, told later; the newest holds.
create table fulfilment.parcel_corrections (
    book            bigint not null,
    number          bigint not null,
    parcel          bigint not null,
    carrier         text   not null,
    tracking_number text   not null,
    staff_id        bigint not null,
    corrected_at    timestamptz not null,
    primary key (book, number),
    foreign key (book, parcel) references fulfilment.parcels (book, number),
    constraint a_corrected_parcel_can_be_traced check (
        carrier ~ '^[A-Z]{2,8}$' and tracking_number ~ '^[0-9A-Za-z-]{4,40}$')
);
comment on column fulfilment.parcel_corrections.number is 'The event of this book that told of it.';
create index corrections_of_a_parcel on fulfilment.parcel_corrections (book, parcel, number);

-- Somebody of the staff saw where a parcel goes, whole: who, when, and for which order.
create table fulfilment.unmaskings (
    book     bigint not null,
    number   bigint not null,
    order_id bigint not null,
    staff_id bigint not null,
    seen_at  timestamptz not null,
    primary key (book, number),
    foreign key (book, order_id) references trade.orders
);
comment on column fulfilment.unmaskings.number is 'The event of this book that it was.';
create index unmaskings_by_somebody on fulfilment.unmaskings (book, staff_id, seen_at);
create trigger unmaskings_are_for_ever before update or delete on fulfilment.unmaskings
    for each row execute function kernel.refuse_change();

create trigger parcels_are_for_ever before update or delete on fulfilment.parcels
    for each row execute function kernel.refuse_change();
create trigger parcel_lines_are_for_ever before update or delete on fulfilment.parcel_lines
    for each row execute function kernel.refuse_change();
create trigger corrections_are_for_ever before update or delete on fulfilment.parcel_corrections
    for each row execute function kernel.refuse_change();

create index orders_to_be_received on trade.orders (book, order_id) where state = 'shipped';
create index orders_to_be_shipped on trade.orders (book, order_id)
    where state in ('paid', 'partly_shipped') and delivery = 'parcel';

-- A line's units went to parcels or back to the shelf, never both and never more than were bought.
create view fulfilment.no_more_is_shipped_than_was_bought with (security_invoker) as
select line.book, line.order_id, line.sku_id, line.quantity, sent.units as shipped,
       coalesce(back.units, 0) as unsent
  from trade.order_lines as line
  join lateral (select sum(packed.quantity) as units from fulfilment.parcel_lines as packed
                 where packed.book = line.book and packed.order_id = line.order_id
                   and packed.position = line.position) as sent on sent.units is not null
  left join lateral (select sum(transfer.amount) as units from ledger.transfers as transfer
                      where transfer.book = line.book and transfer.giver_kind = 'customer'
                        and transfer.giver = line.order_id and transfer.unit = line.sku_id
                        and transfer.reason = 'after_sale_unsent') as back on true
 where sent.units + coalesce(back.units, 0) > line.quantity;

create view fulfilment.every_shipped_order_has_its_parcels with (security_invoker) as
select placed.book, placed.order_id, placed.state
  from trade.orders as placed
 where placed.delivery = 'parcel'
   and placed.state in ('partly_shipped', 'shipped', 'received', 'completed')
   and not exists (select from fulfilment.parcels as parcel
                    where parcel.book = placed.book and parcel.order_id = placed.order_id);

insert into kernel.promises (promise, sentence, examined) values
    ('fulfilment.no_more_is_shipped_than_was_bought',
     'Of each line no more is shipped, or taken back unsent, than was bought.',
     'fulfilment.parcel_lines'),
    ('fulfilment.every_shipped_order_has_its_parcels',
     'Every order that was sent has the parcels it was sent in.', 'trade.orders');

alter table fulfilment.parcels enable row level security;
alter table fulfilment.parcels force row level security;
create policy one_book on fulfilment.parcels
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy whoever_sees_the_order_sees_its_parcels on fulfilment.parcels for select
    using (exists (select from trade.orders as placed
                    where placed.book = parcels.book and placed.order_id = parcels.order_id));
create policy the_verifier_sees_all on fulfilment.parcels for select to jishi_verifier
    using (true);

alter table fulfilment.parcel_lines enable row level security;
alter table fulfilment.parcel_lines force row level security;
create policy one_book on fulfilment.parcel_lines
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy whoever_sees_the_order_sees_what_is_in_it on fulfilment.parcel_lines for select
    using (exists (select from trade.orders as placed
                    where placed.book = parcel_lines.book
                      and placed.order_id = parcel_lines.order_id));
create policy the_verifier_sees_all on fulfilment.parcel_lines for select to jishi_verifier
    using (true);

alter table fulfilment.parcel_corrections enable row level security;
alter table fulfilment.parcel_corrections force row level security;
create policy one_book on fulfilment.parcel_corrections
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy whoever_sees_the_parcel_sees_its_corrections on fulfilment.parcel_corrections
    for select using (exists (select from fulfilment.parcels as parcel
                               where parcel.book = parcel_corrections.book
                                 and parcel.number = parcel_corrections.parcel));
create policy the_verifier_sees_all on fulfilment.parcel_corrections for select
    to jishi_verifier using (true);

alter table fulfilment.unmaskings enable row level security;
alter table fulfilment.unmaskings force row level security;
create policy one_book on fulfilment.unmaskings
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on fulfilment.unmaskings for select to jishi_verifier
    using (true);

-- The sweeper sees only which orders wait to be received, in no book and for no person.
create function fulfilment.receipts_due(waited interval, orders_max integer)
    returns table (book bigint, order_id bigint)
    language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    select placed.book, placed.order_id
      from trade.orders as placed
      join trade.order_steps as step
        on step.book = placed.book and step.order_id = placed.order_id
       and step.state = 'shipped'
     where placed.state = 'shipped' and step.at <= clock_timestamp() - waited
     order by step.at limit orders_max
$$;
create function fulfilment.receipts_open(waited interval)
    returns table (due bigint, live bigint)
    language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    select count(*) filter (where step.at <= clock_timestamp() - waited), count(*)
      from trade.orders as placed
      join trade.order_steps as step
        on step.book = placed.book and step.order_id = placed.order_id
       and step.state = 'shipped'
     where placed.state = 'shipped'
$$;
alter function fulfilment.receipts_due(interval, integer) owner to jishi_verifier;
alter function fulfilment.receipts_open(interval) owner to jishi_verifier;
revoke execute on function fulfilment.receipts_due(interval, integer),
    fulfilment.receipts_open(interval) from public;
grant execute on function fulfilment.receipts_due(interval, integer),
    fulfilment.receipts_open(interval) to jishi_app;

grant select, insert on fulfilment.parcels, fulfilment.parcel_lines,
    fulfilment.parcel_corrections, fulfilment.unmaskings to jishi_app;
grant select on fulfilment.parcels, fulfilment.parcel_lines, fulfilment.parcel_corrections,
    fulfilment.unmaskings,
    fulfilment.no_more_is_shipped_than_was_bought,
    fulfilment.every_shipped_order_has_its_parcels to jishi_verifier;
