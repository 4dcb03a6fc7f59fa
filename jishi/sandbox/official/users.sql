-- place
-- How many follow, and where one of them stands in the list; 0 when nobody of this name does.
select (select count(*)::integer from sandbox.fans
         where appid = :appid::text and unfollowed_at is null) as total,
       coalesce((select fan_number from sandbox.fans
                  where appid = :appid::text and openid = :openid::text), 0)::bigint as fan_number;

-- page_after
-- The fans after a place in the list.
select openid
  from sandbox.fans
 where appid = :appid::text and unfollowed_at is null and fan_number > :fan_number::bigint
 order by fan_number
 limit :page_max::integer;

-- set_remark
-- Call a fan something.
update sandbox.fans
   set remark = :remark::text
 where appid = :appid::text and openid = :openid::text and unfollowed_at is null
returning openid;
