-- known
select webhook_id from webhooks.webhooks where book = :book and webhook_id = any(:ids::bigint[]);

-- forget_deliveries
delete from webhooks.deliveries where book = :book and webhook_id = any(:ids::bigint[]);

-- forget
delete from webhooks.webhooks where book = :book and webhook_id = any(:ids::bigint[]);
