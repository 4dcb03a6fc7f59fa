-- add_draft
-- Keep a draft.
insert into sandbox.drafts (media_id, appid, articles, made_at, changed_at)
values (:media_id::text, :appid::text, :articles::jsonb, :now, :now);

-- draft
-- A draft by its id.
select media_id, articles, made_at, changed_at
  from sandbox.drafts
 where appid = :appid::text and media_id = :media_id::text;

-- drafts
-- A page of drafts, the newest first.
select media_id, articles, made_at, changed_at
  from sandbox.drafts
 where appid = :appid::text
 order by changed_at desc, media_id
 limit :page_max::integer offset :first::bigint;

-- draft_count
-- How many drafts there are.
select count(*)::integer as drafts from sandbox.drafts where appid = :appid::text;

-- change_draft
-- Write a draft anew.
update sandbox.drafts
   set articles = :articles::jsonb, changed_at = :now
 where appid = :appid::text and media_id = :media_id::text;

-- drop_draft
-- Throw a draft away.
delete from sandbox.drafts
 where appid = :appid::text and media_id = :media_id::text
returning media_id;
