-- add_publication
-- Keep that a draft is being published.
insert into sandbox.publications (appid, media_id, article_id, articles, state, submitted_at)
values (:appid::text, :media_id::text, :article_id::text, :articles::jsonb, :state::integer, :now)
returning publish_id, appid, media_id, article_id, articles, state, submitted_at;

-- publication
-- A publishing by its number.
select publish_id, appid, media_id, article_id, articles, state, submitted_at
  from sandbox.publications
 where publish_id = :publish_id::bigint;

-- under_way
-- The publishings of a draft that have not ended.
select publish_id, appid, media_id, article_id, articles, state, submitted_at
  from sandbox.publications
 where appid = :appid::text and media_id = :media_id::text and ended_at is null;

-- set_state
-- A publishing ended so.
update sandbox.publications
   set state = :state::integer, ended_at = :now
 where publish_id = :publish_id::bigint;

-- state_of_article
-- The publishing that made these articles.
select publish_id, appid, media_id, article_id, articles, state, submitted_at
  from sandbox.publications
 where appid = :appid::text and article_id = :article_id::text;
