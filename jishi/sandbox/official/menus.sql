-- all_menus
-- The menus of an account, the newest first.
select menu_id, is_conditional, tag_id, client_platform, buttons
  from sandbox.menus
 where appid = :appid::text
 order by menu_id desc;

-- put_menu
-- Set the menu for everybody.
insert into sandbox.menus (appid, is_conditional, buttons, made_at)
values (:appid::text, false, :buttons::jsonb, :now)
    on conflict (appid) where not is_conditional
    do update set buttons = excluded.buttons, made_at = excluded.made_at;

-- add_conditional
-- Add a menu for some.
insert into sandbox.menus (appid, is_conditional, tag_id, client_platform, buttons, made_at)
values (:appid::text, true, :tag_id::bigint, :client_platform::text, :buttons::jsonb, :now)
returning menu_id;

-- drop_menus
-- Delete all menus.
delete from sandbox.menus where appid = :appid::text;

-- drop_conditional
-- Delete a conditional menu.
delete from sandbox.menus
 where appid = :appid::text and menu_id = :menu_id::bigint and is_conditional
returning menu_id;

-- menus_for
-- The menu that a person sees: the newest conditional one that fits, or the one for everybody.
select menu.menu_id, menu.is_conditional, menu.tag_id, menu.client_platform, menu.buttons
  from sandbox.openids as known
  join sandbox.menus as menu on menu.appid = known.appid
 where known.appid = :appid::text
   and (known.openid = :openid::text or known.person_id = :person_id::bigint)
   and (menu.client_platform in ('', :platform::text))
   and (menu.tag_id is null or exists (
            select from sandbox.fan_tags as tag
             where tag.appid = :appid::text and tag.person_id = known.person_id
               and tag.tag_id = menu.tag_id))
 order by menu.is_conditional desc, menu.menu_id desc
 limit 1;

-- kept_media
-- Which of these permanent media are there.
select media_id
  from sandbox.media
 where appid = :appid::text and expires_at is null and media_id = any(:media_ids::text[]);
