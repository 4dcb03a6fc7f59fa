-- queue
-- Orders of a shop that wait to be sent, the oldest first, a page at a time.
select placed.order_id, placed.order_number, placed.state, placed.placed_at, placed.division,
       first.title, first.title_en,
       (select coalesce(sum(line.quantity), 0)::bigint from trade.order_lines as line
         where line.book = :book and line.order_id = placed.order_id)
       - (select coalesce(sum(packed.quantity), 0)::bigint from fulfilment.parcel_lines as packed
           where packed.book = :book and packed.order_id = placed.order_id) as units
  from trade.orders as placed
  join lateral (select line.title, line.title_en from trade.order_lines as line
                 where line.book = :book and line.order_id = placed.order_id
                 order by line.position limit 1) as first on true
 where placed.book = :book and placed.state in ('paid', 'partly_shipped')
   and placed.delivery = 'parcel' and placed.order_id > :after
 order by placed.order_id
 limit :orders_max::int;

-- order
select placed.order_id, placed.order_number, placed.state, placed.placed_at, placed.remark,
       placed.buyer_id, placed.address_id, placed.division, placed.delivery,
       exists (select from fulfilment.withheld as kept
                where kept.book = placed.book and kept.order_id = placed.order_id) as is_withheld,
       (select max(change.changed_at) from trade.address_changes as change
         where change.book = placed.book and change.order_id = placed.order_id) as moved_at,
       (select coalesce(json_agg(json_build_object(
                   'position', line.position, 'title', line.title, 'title_en', line.title_en,
                   'options', line.options, 'options_en', line.options_en,
                   'picture', line.picture, 'quantity', line.quantity,
                   'left', line.quantity - coalesce((
                       select sum(packed.quantity) from fulfilment.parcel_lines as packed
                        where packed.book = line.book and packed.order_id = line.order_id
                          and packed.position = line.position), 0) - coalesce((
                       select sum(back.amount) from ledger.transfers as back
                        where back.book = line.book and back.giver_kind = 'customer'
                          and back.giver = line.order_id and back.unit = line.sku_id
                          and back.reason = 'after_sale_unsent'), 0))
                   order by line.position), '[]')
          from trade.order_lines as line
         where line.book = placed.book and line.order_id = placed.order_id) as lines
  from trade.orders as placed
 where placed.book = :book and placed.order_id = :order_id;

-- parcels
-- The parcels of an order, if whoever looks may see it, as they are asked after now.
select parcel.number, coalesce(right_one.carrier, parcel.carrier) as carrier,
       coalesce(right_one.tracking_number, parcel.tracking_number) as tracking_number,
       parcel.shipped_at,
       (select coalesce(json_agg(json_build_object(
                   'position', packed.position, 'title', line.title,
                   'title_en', line.title_en, 'quantity', packed.quantity)
                   order by packed.position), '[]')
          from fulfilment.parcel_lines as packed
          join trade.order_lines as line
            on line.book = packed.book and line.order_id = packed.order_id
           and line.position = packed.position
         where packed.book = parcel.book and packed.number = parcel.number) as lines
  from fulfilment.parcels as parcel
  left join lateral (select correction.carrier, correction.tracking_number
                       from fulfilment.parcel_corrections as correction
                      where correction.book = parcel.book and correction.parcel = parcel.number
                      order by correction.number desc limit 1) as right_one on true
 where parcel.book = :of_book and parcel.order_id = :order_id
 order by parcel.number
 limit 100;

-- by_numbers
-- Orders of a shop by the numbers that people know them by.
select order_id, order_number from trade.orders
 where book = :book and order_number = any(:order_numbers::text[]);
