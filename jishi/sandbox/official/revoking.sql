-- revoke_grants
-- Take back what was allowed.
update sandbox.page_grants
   set revoked_at = :now
 where appid = :appid::text and person_id = :person_id::bigint and revoked_at is null;

-- revoke_tokens
-- The tokens of a person open nothing more.
update sandbox.page_tokens
   set revoked_at = :now
 where appid = :appid::text and person_id = :person_id::bigint and revoked_at is null;
