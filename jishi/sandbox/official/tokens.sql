-- by_token
-- Whose token this is, and how long it is good.
select appid, expires_at, dead_at from sandbox.access_tokens where token = :token::text;

-- add_token
-- Keep a new token.
insert into sandbox.access_tokens (token, appid, kind, is_forced, made_at, expires_at)
values (:token::text, :appid::text, :kind::text, :is_forced::boolean, :now,
        :expires_at::timestamptz);

-- retire
-- From a moment on, the tokens of these kinds that are good now are good no more.
update sandbox.access_tokens
   set dead_at = least(dead_at, :dead_at::timestamptz)
 where appid = :appid::text and kind = any(:kinds::text[]) and expires_at > :now
   and (dead_at is null or dead_at > :now);

-- stables
-- The newest stable token that is good, and how many were forced since the day began.
select token.token, token.made_at, token.expires_at, token.is_forced,
       (select count(*)::integer from sandbox.access_tokens as forced
         where forced.appid = :appid::text and forced.kind = 'stable' and forced.is_forced
           and forced.made_at >= :day_begins_at::timestamptz) as forced_today
  from sandbox.access_tokens as token
 where token.appid = :appid::text and token.kind = 'stable' and token.expires_at > :now
   and (token.dead_at is null or token.dead_at > :now)
 order by token.made_at desc
 limit 1;

-- hold
-- Let those who take a token of this account come one after another.
select from sandbox.accounts where appid = :appid::text for no key update;
