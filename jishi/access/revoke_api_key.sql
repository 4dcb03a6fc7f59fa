-- known
select key_id, revoked_at is not null as is_revoked
  from access.api_keys
 where book = :book and key_id = any(:key_ids::bigint[]);

-- write
update access.api_keys set revoked_at = :now
 where book = :book and key_id = any(:key_ids::bigint[]);
