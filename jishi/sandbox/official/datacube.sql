-- came_and_went
-- Who came and went on each day, by the way they came.
select to_char(follow.happened_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as ref_date,
       follow.scene, count(*) filter (where follow.is_follow)::integer as new_user,
       count(*) filter (where not follow.is_follow)::integer as cancel_user
  from sandbox.follows as follow
 where follow.appid = :appid::text and follow.happened_at >= :begins_at::timestamptz
   and follow.happened_at < :ends_at::timestamptz
 group by ref_date, follow.scene
 order by ref_date, follow.scene;

-- cumulated
-- How many follow at the end of each day.
select to_char(day, 'YYYY-MM-DD') as ref_date, 0 as user_source,
       (select count(*) filter (where follow.is_follow)
               - count(*) filter (where not follow.is_follow)
          from sandbox.follows as follow
         where follow.appid = :appid::text
           and follow.happened_at < (day + interval '1 day') at time zone 'Asia/Shanghai'
       )::integer as cumulate_user
  from generate_series(:begins_at::timestamptz at time zone 'Asia/Shanghai',
                       :ends_at::timestamptz at time zone 'Asia/Shanghai' - interval '1 day',
                       interval '1 day') as day
 order by day;

-- article_figures
-- How often each article was read and shared on a day.
select to_char(:begins_at::timestamptz at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as ref_date,
       coalesce(article.msg_id::text, article.article_id) || '_' || article.position as msgid,
       article.title,
       (select count(distinct read.person_id)::integer from sandbox.article_reads as read
         where read.slug = article.slug and read.read_at >= :begins_at::timestamptz
           and read.read_at < :ends_at::timestamptz) as int_page_read_user,
       (select count(*)::integer from sandbox.article_reads as read
         where read.slug = article.slug and read.read_at >= :begins_at::timestamptz
           and read.read_at < :ends_at::timestamptz) as int_page_read_count,
       0 as ori_page_read_user, 0 as ori_page_read_count,
       (select count(distinct share.person_id)::integer from sandbox.article_shares as share
         where share.slug = article.slug and share.shared_at >= :begins_at::timestamptz
           and share.shared_at < :ends_at::timestamptz) as share_user,
       (select count(*)::integer from sandbox.article_shares as share
         where share.slug = article.slug and share.shared_at >= :begins_at::timestamptz
           and share.shared_at < :ends_at::timestamptz) as share_count,
       0 as add_to_fav_user, 0 as add_to_fav_count
  from sandbox.articles as article
 where article.appid = :appid::text and article.published_at < :ends_at::timestamptz
   and exists (select from sandbox.article_reads as read
                where read.slug = article.slug and read.read_at >= :begins_at::timestamptz
                  and read.read_at < :ends_at::timestamptz)
 order by article.published_at, article.position;

-- read_figures
-- How often articles were read and shared on each day.
with happened as (
    select to_char(read.read_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as ref_date,
           read.person_id, true as is_read
      from sandbox.articles as article
      join sandbox.article_reads as read on read.slug = article.slug
     where article.appid = :appid::text and read.read_at >= :begins_at::timestamptz
       and read.read_at < :ends_at::timestamptz
     union all
    select to_char(share.shared_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as ref_date,
           share.person_id, false as is_read
      from sandbox.articles as article
      join sandbox.article_shares as share on share.slug = article.slug
     where article.appid = :appid::text and share.shared_at >= :begins_at::timestamptz
       and share.shared_at < :ends_at::timestamptz
)
select ref_date, count(distinct person_id) filter (where is_read)::integer as int_page_read_user,
       count(*) filter (where is_read)::integer as int_page_read_count,
       count(distinct person_id) filter (where not is_read)::integer as share_user,
       count(*) filter (where not is_read)::integer as share_count
  from happened
 group by ref_date
 order by ref_date;

-- share_figures
-- How often articles were shared on each day, and where.
select to_char(share.shared_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as ref_date,
       case share.scene when 'friend' then 1 when 'moments' then 2 else 255 end as share_scene,
       count(*)::integer as share_count, count(distinct share.person_id)::integer as share_user
  from sandbox.articles as article
  join sandbox.article_shares as share on share.slug = article.slug
 where article.appid = :appid::text and share.shared_at >= :begins_at::timestamptz
   and share.shared_at < :ends_at::timestamptz
 group by ref_date, share_scene
 order by ref_date, share_scene;

-- upstream_figures
-- How many people sent how many messages of a kind on each day.
select to_char(said_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as ref_date,
       case kind when 'text' then 1 when 'image' then 2 when 'voice' then 3 when 'video' then 4
                 else 6 end as msg_type,
       count(distinct person_id)::integer as msg_user, count(*)::integer as msg_count
  from sandbox.messages
 where appid = :appid::text and is_from_person and said_at >= :begins_at::timestamptz
   and said_at < :ends_at::timestamptz
 group by ref_date, msg_type
 order by ref_date, msg_type;
