-- articles
-- What an account published, the newest first.
select slug, title, cover_url, published_at
  from sandbox.articles
 where appid = :appid::text and deleted_at is null
 order by published_at desc, position
 limit :articles_max::integer;
