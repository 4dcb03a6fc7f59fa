-- known
select webhook_id, public_id from webhooks.webhooks where book = :book;

-- write
insert into webhooks.webhooks (book, webhook_id, public_id, url, kinds, place, due_at, added_at)
select :book, added.webhook_id, added.public_id, added.url, string_to_array(added.kinds, ','),
       added.number, :now, :now
  from unnest(:ids::bigint[], :public_ids::text[], :urls::text[], :kinds::text[],
              :numbers::bigint[]) as added (webhook_id, public_id, url, kinds, number);
