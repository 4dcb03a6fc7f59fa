-- api_keys
-- The keys of a book, newest first, a page at a time.
select key_id, name, scopes, issued_at, ends_at, revoked_at
  from access.api_keys
 where book = :book and key_id < :before
 order by key_id desc
 limit :keys_max::int;

-- good_key
-- A key that is neither revoked nor at its end.
select key_id, name, scopes, digest
  from access.api_keys
 where book = :book and key_id = :key_id and revoked_at is null
   and coalesce(ends_at > clock_timestamp(), true);
