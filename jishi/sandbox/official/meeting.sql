-- met
-- A person's name in an account, and whether the person follows it.
select known.person_id, known.openid,
       coalesce(fan.followed_at is not null and fan.unfollowed_at is null, false) as is_following
  from sandbox.openids as known
  left join sandbox.fans as fan on fan.appid = known.appid and fan.person_id = known.person_id
 where known.appid = :appid::text and known.person_id = :person_id::bigint;
