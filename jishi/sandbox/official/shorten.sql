-- add_key
-- Keep a text under a key.
insert into sandbox.short_keys (short_key, appid, long_data, made_at, expires_at)
values (:short_key::text, :appid::text, :long_data::text, :now, :expires_at::timestamptz);

-- key
-- What is kept under a key.
select long_data, made_at, expires_at
  from sandbox.short_keys
 where short_key = :short_key::text and appid = :appid::text;
