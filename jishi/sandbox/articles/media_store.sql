-- add_medium
-- Keep a medium.
insert into sandbox.media (media_id, appid, kind, filename, media_type, bytes, title, introduction,
                           made_at, expires_at)
values (:media_id::text, :appid::text, :kind::text, :filename::text, :media_type::text,
        :bytes::bytea, :title::text, :introduction::text, :now, :expires_at::timestamptz);

-- medium_by_id
-- A medium with its bytes.
select media_id, appid, kind, filename, media_type, bytes, title, introduction, expires_at
  from sandbox.media
 where media_id = :media_id::text;
