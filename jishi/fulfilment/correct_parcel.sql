-- read
select parcel.number, parcel.order_id, placed.state
  from fulfilment.parcels as parcel
  join trade.orders as placed on placed.book = :book and placed.order_id = parcel.order_id
 where parcel.book = :book and parcel.number = any(:numbers::bigint[]);

-- write
-- The corrections; their parcels are asked after by the right number at once.
with asked_after as (
    update fulfilment.trackings
       set due_at = :now, failures = 0, trouble = ''
     where book = :book and parcel = any(:parcels::bigint[])
)
insert into fulfilment.parcel_corrections (
    book, number, parcel, carrier, tracking_number, staff_id, corrected_at)
select :book, number, parcel, carrier, tracking_number, staff_id, :now
  from unnest(:numbers::bigint[], :parcels::bigint[], :carriers::text[],
              :tracking_numbers::text[], :staff_ids::bigint[])
    as correction (number, parcel, carrier, tracking_number, staff_id);
