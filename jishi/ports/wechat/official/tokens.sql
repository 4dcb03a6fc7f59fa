-- found
-- The token as it is kept, and how many seconds are left of it by the database's clock.
select token.number, token.sealed,
       greatest(0, extract(epoch from token.expires_at - moment.now))::bigint as left_seconds,
       greatest(0, extract(epoch from token.due_at - moment.now))::bigint as fresh_seconds
  from ports.tokens as token
 cross join clock_timestamp() as moment (now)
 where token.appid = :appid and token.kind = :kind;

-- lease
-- Lease the renewal of the token that was seen, unless it was renewed or somebody is at it. One
-- that WeChat refused is forgotten by the same stroke.
insert into ports.tokens as token (appid, kind, number, lessee, leased_until)
values (:appid, :kind, 0, :lessee, clock_timestamp() + :lease_seconds::float8 * interval '1 second')
on conflict (appid, kind) do update
   set lessee = excluded.lessee,
       leased_until = excluded.leased_until,
       expires_at = case when not :is_refused::boolean then token.expires_at end,
       due_at = case when not :is_refused::boolean then token.due_at end
 where token.number = :number and coalesce(token.leased_until <= clock_timestamp(), true)
returning token.number;

-- keep
-- Keep what was fetched and end the lease, if it is still ours.
update ports.tokens as token
   set number = token.number + 1,
       sealed = :sealed,
       expires_at = clock_timestamp() + :life_seconds::bigint * interval '1 second',
       due_at = clock_timestamp() + :fresh_seconds::bigint * interval '1 second',
       lessee = null,
       leased_until = null
 where token.appid = :appid and token.kind = :kind and token.lessee = :lessee
returning token.number;

-- release
-- Give the lease back with nothing to show for it.
update ports.tokens as token
   set lessee = null, leased_until = null
 where token.appid = :appid and token.kind = :kind and token.lessee = :lessee;
