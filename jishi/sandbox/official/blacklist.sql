-- blocked
-- Who is on the black list, in the order of the fans.
select openid, row_number() over (order by fan_number)::integer as place
  from sandbox.fans
 where appid = :appid::text and blocked_at is not null
 order by fan_number;

-- block
-- Put fans on the black list.
update sandbox.fans
   set blocked_at = coalesce(blocked_at, :now)
 where appid = :appid::text and openid = any(:openids::text[]);

-- unblock
-- Take fans off the black list.
update sandbox.fans
   set blocked_at = null
 where appid = :appid::text and openid = any(:openids::text[]);
