-- Same-city delivery: orders that went out for delivery, and who brings them.

-- An order went out for delivery: when, and who of the staff sent it.
create table fulfilment.send_outs (
    book     bigint not null,
    order_id bigint not null,
    number   bigint not null,
    staff_id bigint not null,
    sent_at  timestamptz not null,
    primary key (book, order_id),
    foreign key (book, order_id) references trade.orders
);
comment on column fulfilment.send_outs.number is 'The event of this book that it was.';
create trigger send_outs_are_for_ever before update or delete on fulfilment.send_outs
    for each row execute function kernel.refuse_change();

-- Who brings an order, sealed for it; forgotten when it is received.
create table fulfilment.couriers (
    book     bigint not null,
    order_id bigint not null,
    sealed   bytea  not null,
    noted_at timestamptz not null,
    primary key (book, order_id),
    foreign key (book, order_id) references fulfilment.send_outs,
    constraint a_seal_is_short check (octet_length(sealed) between 29 and 400)
);

create view fulfilment.what_was_brought_went_out_for_delivery with (security_invoker) as
select placed.book, placed.order_id, placed.state, sent.number
  from trade.orders as placed
  left join fulfilment.send_outs as sent
    on sent.book = placed.book and sent.order_id = placed.order_id
 where (placed.delivery = 'same_city' and sent.order_id is null
        and placed.state in ('shipped', 'received', 'completed'))
    or (placed.delivery <> 'same_city' and sent.order_id is not null);

insert into kernel.promises (promise, sentence, examined) values
    ('fulfilment.what_was_brought_went_out_for_delivery',
     'What is brought within its city went out for delivery, and nothing else did.',
     'trade.orders');

create index orders_to_be_brought on trade.orders (book, order_id)
    where delivery = 'same_city' and state in ('paid', 'shipped');

alter table fulfilment.send_outs enable row level security;
alter table fulfilment.send_outs force row level security;
create policy one_book on fulfilment.send_outs
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy whoever_sees_the_order_sees_that_it_went_out on fulfilment.send_outs for select
    using (exists (select from trade.orders as placed
                    where placed.book = send_outs.book and placed.order_id = send_outs.order_id));
create policy the_verifier_sees_all on fulfilment.send_outs for select to jishi_verifier
    using (true);

alter table fulfilment.couriers enable row level security;
alter table fulfilment.couriers force row level security;
create policy one_book on fulfilment.couriers
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy whoever_sees_the_order_sees_its_courier on fulfilment.couriers for select
    using (exists (select from trade.orders as placed
                    where placed.book = couriers.book and placed.order_id = couriers.order_id));
create policy the_verifier_sees_all on fulfilment.couriers for select to jishi_verifier
    using (true);

grant select, insert on fulfilment.send_outs to jishi_app;
grant select, insert, update, delete on fulfilment.couriers to jishi_app;
grant select on fulfilment.send_outs, fulfilment.couriers,
    fulfilment.what_was_brought_went_out_for_delivery to jishi_verifier;
