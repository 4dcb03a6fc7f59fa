-- add_code
-- Keep a code.
insert into sandbox.page_codes (code, appid, person_id, openid, scope, is_snapshot, made_at)
values (:code::text, :appid::text, :person_id::bigint, :openid::text, :scope::text,
        :is_snapshot::boolean, :now);

-- code_by_text
-- A code, locked: of two who bring it, one comes second.
select code, appid, person_id, openid, scope, is_snapshot, made_at, used_at
  from sandbox.page_codes
 where code = :code::text
   for no key update;

-- use_code
-- A code was used.
update sandbox.page_codes set used_at = :now where code = :code::text;

-- add_token
-- Keep a token.
insert into sandbox.page_tokens (token, refresh_token, appid, person_id, openid, scope,
                                 is_snapshot, expires_at, refresh_until)
values (:token::text, :refresh_token::text, :appid::text, :person_id::bigint, :openid::text,
        :scope::text, :is_snapshot::boolean, :expires_at::timestamptz,
        :refresh_until::timestamptz);

-- by_token
-- A token.
select token, refresh_token, appid, person_id, openid, scope, is_snapshot, expires_at,
       refresh_until, revoked_at
  from sandbox.page_tokens
 where token = :token::text;

-- by_refresh
-- The token that a refresh token renews.
select token, refresh_token, appid, person_id, openid, scope, is_snapshot, expires_at,
       refresh_until, revoked_at
  from sandbox.page_tokens
 where refresh_token = :refresh_token::text;

-- renew
-- Give a token two hours more.
update sandbox.page_tokens
   set token = :token::text, expires_at = :expires_at::timestamptz
 where refresh_token = :refresh_token::text;
