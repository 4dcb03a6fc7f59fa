-- A shop's own hand on its orders: notes for itself, and prices that it lowered.

-- What staff wrote about an order, for themselves; the buyer never sees it.
create table trade.order_notes (
    book     bigint not null,
    order_id bigint not null,
    number   bigint not null,
    staff_id bigint not null,
    noted_at timestamptz not null,
    note     text   not null,
    primary key (book, order_id, number),
    foreign key (book, order_id) references trade.orders,
    constraint an_order_note_is_short check (char_length(note) between 1 and 500)
);
comment on column trade.order_notes.number is 'The event of this book that wrote it.';

-- What a shop let off before an order was paid: of a line, or of the freight (position 0).
create table trade.price_changes (
    book       bigint  not null,
    order_id   bigint  not null,
    number     bigint  not null,
    position   integer not null,
    from_fen   bigint  not null,
    to_fen     bigint  not null,
    staff_id   bigint  not null,
    changed_at timestamptz not null,
    primary key (book, order_id, number, position),
    foreign key (book, order_id) references trade.orders,
    constraint a_price_is_only_lowered check (to_fen >= 0 and to_fen < from_fen),
    constraint a_position_is_a_line_or_the_freight check (position between 0 and 50)
);
comment on column trade.price_changes.number is 'The event of this book that changed it.';

create trigger order_notes_are_for_ever before update or delete on trade.order_notes
    for each row execute function kernel.refuse_change();
create trigger price_changes_are_for_ever before update or delete on trade.price_changes
    for each row execute function kernel.refuse_change();

create view trade.every_changed_price_holds_and_came_before_payment with (security_invoker) as
select change.book, change.order_id, change.position, change.to_fen,
       coalesce(next.from_fen, line.paid_fen, placed.freight_fen) as now_fen
  from trade.price_changes as change
  join trade.orders as placed
    on placed.book = change.book and placed.order_id = change.order_id
  left join trade.order_lines as line
    on line.book = change.book and line.order_id = change.order_id
   and line.position = change.position
  left join lateral (select later.from_fen from trade.price_changes as later
                      where later.book = change.book and later.order_id = change.order_id
                        and later.position = change.position and later.number > change.number
                      order by later.number limit 1) as next on true
 where change.to_fen <> coalesce(next.from_fen, line.paid_fen, placed.freight_fen)
    or exists (select from trade.order_steps as step
                where step.book = change.book and step.order_id = change.order_id
                  and step.state <> 'awaiting_payment' and step.number < change.number);

insert into kernel.promises (promise, sentence, examined) values
    ('trade.every_changed_price_holds_and_came_before_payment',
     'A price that a shop lowered is the one that holds, and was lowered before it was paid.',
     'trade.price_changes');

alter table trade.order_notes enable row level security;
alter table trade.order_notes force row level security;
create policy one_book on trade.order_notes
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on trade.order_notes for select to jishi_verifier using (true);

alter table trade.price_changes enable row level security;
alter table trade.price_changes force row level security;
create policy one_book on trade.price_changes
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy whoever_sees_the_order_sees_its_prices on trade.price_changes for select
    using (exists (select from trade.orders as placed
                    where placed.book = price_changes.book
                      and placed.order_id = price_changes.order_id));
create policy the_verifier_sees_all on trade.price_changes for select
    to jishi_verifier using (true);

grant select, insert on trade.order_notes, trade.price_changes to jishi_app;
grant select on trade.order_notes, trade.price_changes,
    trade.every_changed_price_holds_and_came_before_payment to jishi_verifier;

-- That an order goes elsewhere: its buyer, or for him somebody of the staff, changed its address.
create table trade.address_changes (
    book       bigint not null,
    order_id   bigint not null,
    number     bigint not null,
    from_id    bigint not null,
    to_id      bigint not null,
    actor_id   bigint not null,
    changed_at timestamptz not null,
    primary key (book, order_id, number),
    foreign key (book, order_id) references trade.orders,
    constraint an_address_is_changed_to_another check (to_id > 0 and to_id <> from_id)
);
comment on column trade.address_changes.number is 'The event of this book that changed it.';

create trigger address_changes_are_for_ever before update or delete on trade.address_changes
    for each row execute function kernel.refuse_change();

create view trade.every_changed_address_holds_and_came_before_sending with (security_invoker) as
select change.book, change.order_id, change.to_id,
       coalesce(next.from_id, placed.address_id) as now_id
  from trade.address_changes as change
  join trade.orders as placed
    on placed.book = change.book and placed.order_id = change.order_id
  left join lateral (select later.from_id from trade.address_changes as later
                      where later.book = change.book and later.order_id = change.order_id
                        and later.number > change.number
                      order by later.number limit 1) as next on true
 where change.to_id <> coalesce(next.from_id, placed.address_id)
    or exists (select from trade.order_steps as step
                where step.book = change.book and step.order_id = change.order_id
                  and step.state in ('partly_shipped', 'shipped')
                  and step.number < change.number);

insert into kernel.promises (promise, sentence, examined) values
    ('trade.every_changed_address_holds_and_came_before_sending',
     'An order goes where its address was changed to last, and that was before anything was sent.',
     'trade.address_changes');

alter table trade.address_changes enable row level security;
alter table trade.address_changes force row level security;
create policy one_book on trade.address_changes
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy whoever_sees_the_order_sees_its_addresses on trade.address_changes for select
    using (exists (select from trade.orders as placed
                    where placed.book = address_changes.book
                      and placed.order_id = address_changes.order_id));
create policy the_verifier_sees_all on trade.address_changes for select
    to jishi_verifier using (true);

grant select, insert on trade.address_changes to jishi_app;
grant select on trade.address_changes,
    trade.every_changed_address_holds_and_came_before_sending to jishi_verifier;
