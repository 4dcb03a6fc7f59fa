-- keep_photo
-- Keep a picture, once.
insert into sandbox.photos (photo_id, media_type, bytes, kept_at)
values (:photo_id::text, :media_type::text, :bytes::bytea, :now)
    on conflict do nothing;

-- photo_by_id
-- One picture.
select media_type, bytes from sandbox.photos where photo_id = :photo_id::text;
