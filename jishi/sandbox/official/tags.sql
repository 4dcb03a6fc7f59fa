-- all_tags
-- The tags of an account, and how many fans have each.
select tag.tag_id, tag.name,
       (select count(*)::integer
          from sandbox.fan_tags as held
          join sandbox.fans as fan on fan.appid = held.appid and fan.person_id = held.person_id
         where held.appid = :appid::text and held.tag_id = tag.tag_id
           and fan.unfollowed_at is null) as fan_count
  from sandbox.fan_groups as tag
 where tag.appid = :appid::text
 order by tag.tag_id;

-- add_tag
-- Make a tag.
insert into sandbox.fan_groups (appid, tag_id, name, made_at)
values (:appid::text, :tag_id::bigint, :name::text, :now);

-- rename_tag
-- Give a tag another name.
update sandbox.fan_groups
   set name = :name::text
 where appid = :appid::text and tag_id = :tag_id::bigint;

-- delete_tag
-- Take a tag off everybody, and delete it.
with taken as (
    delete from sandbox.fan_tags where appid = :appid::text and tag_id = :tag_id::bigint
)
delete from sandbox.fan_groups where appid = :appid::text and tag_id = :tag_id::bigint;

-- tag_fans
-- Give fans a tag.
insert into sandbox.fan_tags (appid, person_id, tag_id, tagged_at)
select :appid::text, chosen.person_id, :tag_id::bigint, :now
  from unnest(:person_ids::bigint[]) as chosen (person_id)
    on conflict do nothing;

-- untag_fans
-- Take a tag off fans.
delete from sandbox.fan_tags as tag
 using sandbox.fans as fan
 where tag.appid = :appid::text and tag.tag_id = :tag_id::bigint
   and fan.appid = :appid::text and fan.person_id = tag.person_id
   and fan.openid = any(:openids::text[]);

-- tagged_after
-- The fans with a tag, after one of them.
select fan.openid
  from sandbox.fan_tags as tag
  join sandbox.fans as fan on fan.appid = tag.appid and fan.person_id = tag.person_id
 where tag.appid = :appid::text and tag.tag_id = :tag_id::bigint and fan.unfollowed_at is null
   and fan.fan_number > coalesce((select last.fan_number from sandbox.fans as last
                                   where last.appid = :appid::text
                                     and last.openid = :openid::text), 0)
 order by fan.fan_number
 limit :page_max::integer;
