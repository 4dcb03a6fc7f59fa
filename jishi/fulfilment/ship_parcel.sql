-- write
with sent as (
    insert into fulfilment.parcels (
        book, number, order_id, carrier, tracking_number, staff_id, shipped_at)
    select :book, number, order_id, carrier, tracking_number, staff_id, :now
      from unnest(:numbers::bigint[], :order_ids::bigint[], :carriers::text[],
                  :tracking_numbers::text[], :staff_ids::bigint[])
        as parcel (number, order_id, carrier, tracking_number, staff_id)
), asked_after as (
    insert into fulfilment.trackings (book, parcel, due_at)
    select :book, number, :now from unnest(:numbers::bigint[]) as parcel (number)
)
insert into fulfilment.parcel_lines (book, number, order_id, position, quantity)
select :book, number, order_id, position, quantity
  from unnest(:of_parcels::bigint[], :of_orders::bigint[], :positions::int[], :quantities::int[])
    as packed (number, order_id, position, quantity);
