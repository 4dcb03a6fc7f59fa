-- news_count
-- How many notices of these kinds are new to a member; what is older than two weeks is no news.
select count(*) as notices
  from (select 1
          from staff.notices as notice
         where notice.book = :book and notice.kind = any(:kinds::text[])
           and notice.told_at > clock_timestamp() - interval '14 days'
           and notice.number > coalesce((select seen.number from staff.seen_notices as seen
                                          where seen.book = :book
                                            and seen.staff_id = :staff_id), 0)
         limit :notices_max::int) as fresh;

-- notices
-- Notices of these kinds, the newest first, a page at a time.
select notice.number, notice.kind, notice.about_id, notice.told_at,
       notice.number <= coalesce(seen.number, 0) as is_seen
  from staff.notices as notice
  left join staff.seen_notices as seen on seen.book = :book and seen.staff_id = :staff_id
 where notice.book = :book and notice.kind = any(:kinds::text[]) and notice.number < :before
 order by notice.number desc
 limit :notices_max::int;
