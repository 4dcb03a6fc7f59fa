-- claim
-- Webhooks that are due and have events before them, leased for two minutes, in whatever book.
select book, webhook_id, webhook, url, kinds, place, failures, head
  from webhooks.take_due(:webhooks_max::int);

-- note
insert into webhooks.deliveries (book, webhook_id, tried_at, number, kind, status, took_ms, trouble)
values (:book, :webhook_id, clock_timestamp(), :number, :kind::text, :status::int, :took_ms::int,
        left(:trouble::text, 200));

-- move_on
-- Move a webhook on, unless somebody moved it meanwhile.
update webhooks.webhooks set place = :place
 where book = :book and webhook_id = :webhook_id and place = :was;

-- put_off
-- Give the lease back; after too many failures it is off until it is replayed.
update webhooks.webhooks
   set failures = :failures::int,
       due_at = clock_timestamp() + make_interval(secs => :pause::double precision),
       off_at = case when :is_off::boolean then clock_timestamp() end
 where book = :book and webhook_id = :webhook_id;

-- prune
select webhooks.forget_old();
