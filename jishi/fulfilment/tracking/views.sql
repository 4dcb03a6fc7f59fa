-- sought
-- A parcel as it is asked after now, and how it stood by its last scan.
select placed.state as order_state, placed.buyer_id, placed.address_id, parcel.carrier,
       parcel.tracking_number, parcel.shipped_at, coalesce(last.state, '') as state,
       clock_timestamp() as now
  from fulfilment.parcels_now as parcel
  join trade.orders as placed on placed.book = :book and placed.order_id = parcel.order_id
  left join lateral (select scan.state from fulfilment.scans as scan
                      where scan.book = :book and scan.parcel = parcel.number
                        and scan.carrier = parcel.carrier
                        and scan.tracking_number = parcel.tracking_number
                      order by scan.scanned_at desc, scan.number desc, scan.position desc
                      limit 1) as last on true
 where parcel.book = :book and parcel.number = :parcel;

-- scans
-- What is known of the parcels of an order, if whoever looks may see it, the newest first.
select scan.parcel, scan.scanned_at, scan.state, scan.place, scan.words
  from fulfilment.parcels_now as parcel
  join fulfilment.scans as scan
    on scan.book = parcel.book and scan.parcel = parcel.number
   and scan.carrier = parcel.carrier and scan.tracking_number = parcel.tracking_number
 where parcel.book = :of_book and parcel.order_id = :order_id
 order by scan.scanned_at desc, scan.number desc, scan.position desc
 limit 500;

-- stuck
-- Parcels on their way that are lost, held up, brought back, or unheard of for too long.
select parcel.number, parcel.order_id, placed.order_number, parcel.carrier,
       parcel.tracking_number, parcel.shipped_at, coalesce(last.state, '') as state,
       coalesce(last.scanned_at, parcel.shipped_at) as heard_at,
       coalesce(last.words, '') as words
  from fulfilment.parcels_now as parcel
  join trade.orders as placed
    on placed.book = :book and placed.order_id = parcel.order_id
   and placed.state in ('partly_shipped', 'shipped')
  left join lateral (select scan.state, scan.scanned_at, scan.words
                       from fulfilment.scans as scan
                      where scan.book = :book and scan.parcel = parcel.number
                        and scan.carrier = parcel.carrier
                        and scan.tracking_number = parcel.tracking_number
                      order by scan.scanned_at desc, scan.number desc, scan.position desc
                      limit 1) as last on true
 where parcel.book = :book and parcel.number > :after
   and (last.state in ('troubled', 'lost', 'returned')
        or (last.state is distinct from 'delivered'
            and coalesce(last.scanned_at, parcel.shipped_at)
                < clock_timestamp() - :unheard_for::interval))
 order by parcel.number
 limit :parcels_max::int;

-- noted_books
select distinct scan.book as of_book
  from trade.orders as placed
  join fulfilment.parcels as parcel
    on parcel.book = placed.book and parcel.order_id = placed.order_id
  join fulfilment.scans as scan on scan.book = parcel.book and scan.parcel = parcel.number
 where placed.buyer_id = :buyer_id and (scan.place <> '' or scan.words <> '');

-- own_parcels
-- What is kept of a buyer's parcels, his newest order first, a page at a time.
select placed.order_id, placed.order_number,
       json_agg(json_build_object(
           'carrier', parcel.carrier, 'tracking_number', parcel.tracking_number,
           'shipped_at', parcel.shipped_at,
           'scans', (select coalesce(json_agg(json_build_object(
                                'at', scan.scanned_at, 'state', scan.state,
                                'place', scan.place, 'words', scan.words)
                                order by scan.scanned_at), '[]')
                       from fulfilment.scans as scan
                      where scan.book = parcel.book and scan.parcel = parcel.number))
           order by parcel.number) as parcels
  from trade.orders as placed
  join fulfilment.parcels_now as parcel
    on parcel.book = placed.book and parcel.order_id = placed.order_id
 where placed.buyer_id = :buyer_id and placed.order_id < :before
 group by placed.order_id, placed.order_number
 order by placed.order_id desc
 limit :orders_max::int;
