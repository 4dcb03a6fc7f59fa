-- accept
-- The parcel of a number: accepted now when nobody asked after it before.
insert into sandbox.carried as known (carrier, tracking_number, accepted_at)
values (:carrier::text, :tracking_number::text, :now)
    on conflict (carrier, tracking_number) do update set carrier = known.carrier
returning known.carrier, known.tracking_number, known.accepted_at, known.trouble;

-- newest
select carrier, tracking_number, accepted_at, trouble
  from sandbox.carried
 order by accepted_at desc, carrier, tracking_number
 limit :carried_max::int;

-- arm
update sandbox.carried
   set trouble = :trouble::text
 where carrier = :carrier::text and tracking_number = :tracking_number::text;
