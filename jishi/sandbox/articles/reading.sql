-- add_articles
-- Publish articles together.
insert into sandbox.articles (slug, appid, article_id, position, title, author, digest, content,
                              source_url, cover_url, published_at, deleted_at)
select slug, :appid::text, :article_id::text, position, title, author, digest, content, source_url,
       cover_url, :now, :deleted_at::timestamptz
  from unnest(:slugs::text[], :positions::integer[], :titles::text[], :authors::text[],
              :digests::text[], :contents::text[], :source_urls::text[], :cover_urls::text[])
       as made (slug, position, title, author, digest, content, source_url, cover_url);

-- article_by_slug
-- An article as a reader sees it.
select article.slug, article.appid, account.name as account, article.title, article.author,
       article.digest, article.content, article.source_url, article.cover_url,
       article.published_at, article.deleted_at
  from sandbox.articles as article
  join sandbox.accounts as account on account.appid = article.appid
 where article.slug = :slug::text;

-- articles_together
-- Articles that were published together.
select slug, title, digest, cover_url, coalesce(deleted_at <= :now, false) as is_deleted
  from sandbox.articles
 where appid = :appid::text and article_id = :article_id::text
 order by position;

-- articles_of_msg
-- The articles of a broadcast.
select slug, title, digest, cover_url, coalesce(deleted_at <= :now, false) as is_deleted
  from sandbox.articles
 where appid = :appid::text and msg_id = :msg_id::bigint
 order by position;

-- claim
-- Write down which broadcast articles belong to.
update sandbox.articles
   set msg_id = :msg_id::bigint
 where appid = :appid::text and article_id = :article_id::text;

-- drop_articles
-- Take published articles off; all of them when the position is 0.
update sandbox.articles
   set deleted_at = :now
 where appid = :appid::text and article_id = :article_id::text and deleted_at is null
   and (position = :position::integer or :position::integer = 0);

-- drop_of_msg
-- Take a broadcast's articles off; all of them when the position is 0.
update sandbox.articles
   set deleted_at = :now
 where appid = :appid::text and msg_id = :msg_id::bigint and deleted_at is null
   and (position = :position::integer or :position::integer = 0);

-- note_read
-- Keep that an article was read.
insert into sandbox.article_reads (slug, person_id, source, read_at)
values (:slug::text, :person_id::bigint, :source::text, :now);

-- note_share
-- Keep that an article was shared, if it is one.
insert into sandbox.article_shares (slug, person_id, scene, shared_at)
select slug, :person_id::bigint, :scene::text, :now from sandbox.articles where slug = :slug::text;
