-- kind_of_medium
-- Of which kind a medium is that is not over.
select kind
  from sandbox.media
 where appid = :appid::text and media_id = :media_id::text
   and (expires_at is null or expires_at > :now);
