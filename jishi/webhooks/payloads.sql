-- heard
-- Events of some names after a place, in order.
select number, at, name, subject_id, body::text as body
  from kernel.events
 where book = :book and number > :place and number <= :head and name = any(:names::text[])
 order by number
 limit :events_max::int;
