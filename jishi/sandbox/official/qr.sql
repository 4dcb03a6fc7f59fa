-- add_code
-- Keep a code.
insert into sandbox.qr_codes (ticket, appid, url, action, scene_id, scene_str, made_at, expires_at)
values (:ticket::text, :appid::text, :url::text, :action::text, :scene_id::bigint,
        :scene_str::text, :now, :expires_at::timestamptz);

-- permanent
-- The permanent code of this parameter.
select ticket, appid, url, action, scene_id, scene_str, expires_at
  from sandbox.qr_codes
 where appid = :appid::text and scene_id = :scene_id::bigint and scene_str = :scene_str::text
   and expires_at is null
 limit 1;

-- permanent_count
-- How many permanent codes an account has.
select count(*)::integer as codes
  from sandbox.qr_codes
 where appid = :appid::text and expires_at is null;

-- code_by_ticket
-- The code of a ticket.
select ticket, appid, url, action, scene_id, scene_str, expires_at
  from sandbox.qr_codes
 where ticket = :ticket::text;

-- code_by_url
-- The code that reads so.
select ticket, appid, url, action, scene_id, scene_str, expires_at
  from sandbox.qr_codes
 where url = :url::text;
