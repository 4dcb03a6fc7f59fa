-- rows_of
-- Published articles, those that were published together one after the other.
select slug, article_id, title, author, digest, content, source_url, cover_url, published_at,
       coalesce(deleted_at <= :now, false) as is_deleted
  from sandbox.articles
 where appid = :appid::text and article_id = any(:article_ids::text[]) and msg_id is null
 order by article_id, position;

-- batches
-- What was published and is not all deleted, the newest first.
select article_id, count(*) over ()::integer as total
  from sandbox.articles
 where appid = :appid::text and deleted_at is null and msg_id is null
 group by article_id
 order by max(published_at) desc, article_id
 limit :page_max::integer offset :first::bigint;
