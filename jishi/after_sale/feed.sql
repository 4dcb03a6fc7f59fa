-- cases
-- A shop's cases, newest first, a page at a time; in one state, or (empty) in any.
select wanted.case_id, wanted.public_id as case, placed.public_id as order, placed.order_number,
       wanted.position, line.title, wanted.kind, wanted.reason, wanted.quantity,
       wanted.refund_fen, wanted.state, wanted.opened_at, wanted.act_until,
       (select coalesce(json_agg(json_build_object(
                   'sender', parcel.sender, 'carrier', parcel.carrier,
                   'tracking_number', parcel.tracking_number) order by parcel.number), '[]')
          from after_sale.parcels as parcel
         where parcel.book = :book and parcel.case_id = wanted.case_id) as parcels
  from after_sale.cases as wanted
  join trade.orders as placed on placed.book = :book and placed.order_id = wanted.order_id
  join trade.order_lines as line
    on line.book = :book and line.order_id = wanted.order_id and line.position = wanted.position
 where wanted.book = :book and wanted.case_id < :before
   and (:state::text = '' or wanted.state = :state::text)
 order by wanted.case_id desc
 limit :cases_max::int;

-- case
-- One case of a shop by its public id.
select wanted.case_id, wanted.public_id as case, placed.public_id as order, placed.order_number,
       wanted.position, line.title, wanted.kind, wanted.reason, wanted.quantity,
       wanted.refund_fen, wanted.state, wanted.opened_at, wanted.act_until,
       (select coalesce(json_agg(json_build_object(
                   'sender', parcel.sender, 'carrier', parcel.carrier,
                   'tracking_number', parcel.tracking_number) order by parcel.number), '[]')
          from after_sale.parcels as parcel
         where parcel.book = :book and parcel.case_id = wanted.case_id) as parcels
  from after_sale.cases as wanted
  join trade.orders as placed on placed.book = :book and placed.order_id = wanted.order_id
  join trade.order_lines as line
    on line.book = :book and line.order_id = wanted.order_id and line.position = wanted.position
 where wanted.book = :book and wanted.public_id = :case;

-- refs
select wanted.case_id, wanted.public_id as case, placed.public_id as order, placed.order_number,
       wanted.kind
  from after_sale.cases as wanted
  join trade.orders as placed on placed.book = :book and placed.order_id = wanted.order_id
 where wanted.book = :book and wanted.case_id = any(:case_ids::bigint[]);
