-- read
select number, order_id, carrier, tracking_number
  from fulfilment.parcels_now
 where book = :book and number = any(:numbers::bigint[]);

-- read_known
select parcel, mark
  from fulfilment.scans
 where book = :book and parcel = any(:numbers::bigint[]);

-- write
-- What is new; the same scan again is none.
insert into fulfilment.scans (book, number, position, parcel, carrier, tracking_number,
                              scanned_at, state, place, words, mark)
select :book, number, position, parcel, carrier, tracking_number, scanned_at, state, place, words,
       mark
  from unnest(:numbers::bigint[], :positions::smallint[], :parcels::bigint[], :carriers::text[],
              :tracking_numbers::text[], :moments::timestamptz[], :states::text[],
              :places::text[], :lines::text[], :marks::text[])
    as scan (number, position, parcel, carrier, tracking_number, scanned_at, state, place, words,
             mark)
    on conflict (book, parcel, mark) do nothing;
