-- noted
select placed.buyer_id, count(*)::int as scans
  from trade.orders as placed
  join fulfilment.parcels as parcel on parcel.book = :book and parcel.order_id = placed.order_id
  join fulfilment.scans as scan on scan.book = :book and scan.parcel = parcel.number
 where placed.book = :book and placed.buyer_id = any(:buyer_ids::bigint[])
   and (scan.place <> '' or scan.words <> '')
 group by placed.buyer_id;

-- write
-- When a parcel stood how is kept; a mark of what is gone would still tell who guesses it.
update fulfilment.scans as scan
   set place = '', words = '', mark = md5(scan.number || ' ' || scan.position)
  from fulfilment.parcels as parcel
  join trade.orders as placed on placed.book = :book and placed.order_id = parcel.order_id
 where parcel.book = :book and scan.book = :book and scan.parcel = parcel.number
   and placed.buyer_id = any(:buyer_ids::bigint[]) and (scan.place <> '' or scan.words <> '');
