-- fans_by_openid
-- The fans of these names who follow now.
select fan.person_id, fan.openid, person.unionid, fan.scene, fan.qr_scene, fan.qr_scene_str,
       fan.remark, fan.followed_at,
       array(select tag_id from sandbox.fan_tags as tag
              where tag.appid = :appid::text and tag.person_id = fan.person_id
              order by tagged_at, tag_id) as tag_ids
  from sandbox.fans as fan
  join sandbox.people as person on person.person_id = fan.person_id
 where fan.appid = :appid::text and fan.openid = any(:openids::text[])
   and fan.unfollowed_at is null;

-- reach_by_openid
-- Whom a name means, and whether a message would reach the person.
select known.person_id,
       coalesce(fan.followed_at is not null and fan.unfollowed_at is null, false) as is_following,
       coalesce(fan.blocked_at is not null, false) as is_blocked,
       coalesce(fan.has_muted, false) as has_muted
  from sandbox.openids as known
  left join sandbox.fans as fan on fan.appid = known.appid and fan.person_id = known.person_id
 where known.appid = :appid::text and known.openid = :openid::text;

-- named
-- Which of these names the account knows at all.
select person_id, openid
  from sandbox.openids
 where appid = :appid::text and openid = any(:openids::text[]);

-- follow
-- Follow an account; nothing happens to one who follows already.
insert into sandbox.fans as fan (appid, person_id, openid, scene, qr_scene, qr_scene_str,
                                 followed_at)
select :appid::text, known.person_id, known.openid, :scene::text, :qr_scene::bigint,
       :qr_scene_str::text, :now
  from sandbox.openids as known
 where known.appid = :appid::text and known.person_id = :person_id::bigint
    on conflict (appid, person_id) do update
       set scene = excluded.scene, qr_scene = excluded.qr_scene,
           qr_scene_str = excluded.qr_scene_str, followed_at = excluded.followed_at,
           unfollowed_at = null, has_muted = false
       where fan.unfollowed_at is not null
returning person_id, openid;

-- unfollow
-- Follow an account no more.
update sandbox.fans
   set unfollowed_at = :now
 where appid = :appid::text and person_id = :person_id::bigint and unfollowed_at is null
returning person_id, openid;

-- note_follow
-- Keep that a person came or went.
insert into sandbox.follows (appid, person_id, is_follow, scene, happened_at)
values (:appid::text, :person_id::bigint, :is_follow::boolean, :scene::text, :now);

-- mute
-- A fan wants no messages of the account, or wants them again.
update sandbox.fans
   set has_muted = :has_muted::boolean
 where appid = :appid::text and person_id = :person_id::bigint;
