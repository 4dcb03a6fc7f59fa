-- add_delivery
-- Have something brought.
insert into sandbox.deliveries (kind, owner, url, subject, body, made_at, due_at)
values (:kind::text, :owner::text, :url::text, :subject::text, :body::text, :now,
        :due_at::timestamptz);

-- claim
-- Take what is due, the oldest first, for as long as the lease.
update sandbox.deliveries as delivery
   set tries = delivery.tries + 1, due_at = :lease_until::timestamptz
 where delivery.delivery_id in (select due.delivery_id from sandbox.deliveries as due
                                 where due.ended_at is null and due.due_at <= :now
                                 order by due.due_at, due.delivery_id
                                 limit :claimed_max::integer)
returning delivery.delivery_id, delivery.kind, delivery.owner, delivery.url, delivery.subject,
          delivery.body, delivery.tries, delivery.made_at;

-- write_outcomes
-- How the tries went; one that was put off was none.
update sandbox.deliveries as delivery
   set outcome = done.outcome, due_at = done.due_at, ended_at = done.ended_at,
       tries = delivery.tries - (not done.is_tried)::integer
  from unnest(:delivery_id::bigint[], :outcome::text[], :due_at::timestamptz[],
              :ended_at::timestamptz[], :is_tried::boolean[])
       as done (delivery_id, outcome, due_at, ended_at, is_tried)
 where delivery.delivery_id = done.delivery_id;

-- next_due
-- When something is due next: a delivery or an alarm.
select least((select min(delivery.due_at) from sandbox.deliveries as delivery
               where delivery.ended_at is null),
             (select min(alarm.due_at) from sandbox.alarms as alarm)) as due_at;

-- parcels
-- The deliveries before this one, the newest first.
select delivery_id, kind, owner, url, subject, tries, outcome, made_at, due_at, ended_at
  from sandbox.deliveries
 where delivery_id < :before::bigint
 order by delivery_id desc
 limit :parcels_max::integer;

-- bring_forward
-- Make a delivery that is not over due now.
update sandbox.deliveries
   set due_at = :now
 where delivery_id = :delivery_id::bigint and ended_at is null;
