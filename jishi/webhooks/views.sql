-- all_webhooks
-- The webhooks of a shop: few, so all of them.
select webhook_id, public_id as webhook, url, kinds, place, failures, added_at, off_at
  from webhooks.webhooks where book = :book order by webhook_id;

-- one_webhook
select webhook_id, public_id as webhook, url, kinds, place, failures, added_at, off_at
  from webhooks.webhooks where book = :book and public_id = :webhook;

-- deliveries
-- How a webhook was told, the last first, a page at a time.
select tried_at, number, kind, status, took_ms, trouble
  from webhooks.deliveries
 where book = :book and webhook_id = :webhook_id and tried_at < :before
 order by tried_at desc
 limit :deliveries_max::int;
