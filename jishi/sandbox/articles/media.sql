-- counts
-- How many media of each kind there are for ever, and how many publishings.
select count(*) filter (where kind = 'voice')::integer as voice_count,
       count(*) filter (where kind = 'video')::integer as video_count,
       count(*) filter (where kind in ('image', 'thumb'))::integer as image_count,
       (select count(distinct article_id)::integer from sandbox.articles
         where appid = :appid::text and deleted_at is null) as news_count
  from sandbox.media
 where appid = :appid::text and expires_at is null;

-- page
-- Media of a kind, the newest first.
select media_id, filename, made_at, count(*) over ()::integer as total
  from sandbox.media
 where appid = :appid::text and expires_at is null
   and (kind = :kind::text or (kind = 'thumb' and :kind::text = 'image'))
 order by made_at desc, media_id
 limit :page_max::integer offset :first::bigint;

-- drop_medium
-- Delete a medium.
delete from sandbox.media
 where appid = :appid::text and media_id = :media_id::text and expires_at is null
returning media_id;

-- in_menus
-- Whether a menu shows this medium.
select :media_id::text as media_id
  from sandbox.menus
 where appid = :appid::text and :media_id::text <> ''
   and jsonb_path_exists(buttons, '$.**.media_id ? (@ == $id)',
                         jsonb_build_object('id', :media_id::text))
 limit 1;
