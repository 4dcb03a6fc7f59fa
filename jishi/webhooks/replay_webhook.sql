-- known
select webhook.webhook_id, book.event_count as events
  from webhooks.webhooks as webhook
  join kernel.books as book on book.book = webhook.book
 where webhook.book = :book and webhook.webhook_id = any(:ids::bigint[]);

-- write
update webhooks.webhooks as webhook
   set place = moved.place, failures = 0, due_at = :now, off_at = null
  from unnest(:ids::bigint[], :places::bigint[]) as moved (webhook_id, place)
 where webhook.book = :book and webhook.webhook_id = moved.webhook_id;
