-- claim
-- Parcels that are due, leased for two minutes, in whatever book.
select book, parcel, failures from fulfilment.take_trackings(:parcels_max::int);

-- put_off
-- Give the lease back. Whose number was corrected meanwhile is due already, and stays so.
update fulfilment.trackings
   set failures = :failures::int, trouble = :trouble::text,
       due_at = clock_timestamp() + :pause::interval
 where book = :book and parcel = :parcel and due_at > clock_timestamp();
