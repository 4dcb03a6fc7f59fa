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

grant update (address_id, division) on trade.orders to jishi_app;
