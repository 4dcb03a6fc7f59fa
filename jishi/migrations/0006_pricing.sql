-- 0006: what an order is made of: goods, freight, where it goes; what a SKU weighs; freight.

alter table goods.skus add column weight_grams integer not null default 0;
alter table goods.skus add constraint a_weight_is_in_bounds
    check (weight_grams between 0 and 1000000);
comment on column goods.skus.weight_grams is 'Of one piece as it is sent; 0 where nobody said.';

alter table trade.orders
    add column goods_fen    bigint,
    add column discount_fen bigint not null default 0,
    add column freight_fen  bigint not null default 0,
    add column delivery     text   not null default 'parcel',
    add column address_id   bigint not null default 0,
    add column division     text   not null default '',
    add column store_id     bigint not null default 0,
    add column purchase_id  bigint not null default 0;
-- What was ordered before had no freight, no offers and no address.
update trade.orders set goods_fen = total_fen;
alter table trade.orders
    alter column goods_fen set not null,
    alter column discount_fen drop default,
    alter column freight_fen drop default,
    alter column delivery drop default,
    alter column address_id drop default,
    alter column division drop default,
    alter column store_id drop default,
    alter column purchase_id drop default,
    add constraint an_order_costs_its_goods_and_freight_less_what_is_taken_off check (
        total_fen = goods_fen - discount_fen + freight_fen
        and discount_fen between 0 and goods_fen and freight_fen >= 0),
    add constraint an_order_goes_in_a_known_way check (
        delivery in ('parcel', 'pickup', 'same_city')),
    add constraint a_division_has_six_digits check (division = '' or division ~ '^[0-9]{6}$');
comment on column trade.orders.address_id is
    'A version of an address, kept where people are; 0 for what is picked up in a store.';
comment on column trade.orders.purchase_id is
    'The purchase over several shops that it is a part of; 0 for none.';

alter table trade.order_lines add column paid_fen bigint;
alter table trade.order_lines disable trigger lines_are_for_ever;
update trade.order_lines set paid_fen = quantity * price_fen;
alter table trade.order_lines enable trigger lines_are_for_ever;
alter table trade.order_lines
    alter column paid_fen set not null,
    add constraint a_share_is_of_the_line_s_price
        check (paid_fen between 0 and quantity * price_fen);
comment on column trade.order_lines.paid_fen is
    'Its exact share of what is paid for the goods: the price less its part of what offers take.';

drop view trade.every_order_costs_the_sum_of_its_lines;
create view trade.every_order_costs_the_sum_of_its_lines with (security_invoker) as
select placed.book, placed.order_id, placed.goods_fen, placed.total_fen,
       sum(line.quantity * line.price_fen) as lines_fen, sum(line.paid_fen) as shares_fen
  from trade.orders as placed
  left join trade.order_lines as line on line.book = placed.book and line.order_id = placed.order_id
 group by placed.book, placed.order_id
having placed.goods_fen is distinct from sum(line.quantity * line.price_fen)
    or placed.total_fen - placed.freight_fen is distinct from sum(line.paid_fen);

update kernel.promises
   set sentence =
     'An order costs the sum of its lines and its freight, less what is taken off, to the fen.'
 where promise = 'trade.every_order_costs_the_sum_of_its_lines';

-- How a shop charges for delivery. Each setting is a new row; the newest holds.
create table trade.freights (
    book       bigint not null,
    number     bigint not null,
    charged_by text   not null,
    set_at     timestamptz not null,
    primary key (book, number),
    constraint freight_goes_by_piece_or_weight check (charged_by in ('piece', 'weight'))
);
comment on column trade.freights.number is 'The event of this book that set it.';

-- A part of the country: whether it is delivered to, and for how much.
create table trade.freight_zones (
    book          bigint  not null,
    number        bigint  not null,
    position      integer not null,
    divisions     text[]  not null,
    is_served     boolean not null,
    first         bigint  not null,
    first_fen     bigint  not null,
    more          bigint  not null,
    more_fen      bigint  not null,
    free_from_fen bigint  not null,
    primary key (book, number, position),
    foreign key (book, number) references trade.freights,
    constraint freight_is_not_negative check (
        first_fen >= 0 and more_fen >= 0 and free_from_fen >= 0),
    constraint a_step_of_freight_is_something check (first >= 1 and more >= 1)
);
comment on column trade.freight_zones.divisions is
    'Prefixes of division codes (GB/T 2260), the longest that fits counts; none: all the rest.';

create trigger freights_are_for_ever before update or delete on trade.freights
    for each row execute function kernel.refuse_change();
create trigger freight_zones_are_for_ever before update or delete on trade.freight_zones
    for each row execute function kernel.refuse_change();

grant select, insert on trade.freights, trade.freight_zones to jishi_app;
grant select on trade.freights, trade.freight_zones, trade.every_order_costs_the_sum_of_its_lines
    to jishi_verifier;
