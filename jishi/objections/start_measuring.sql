-- last_open
-- The last measuring, if it did not end.
select measuring.measuring, measuring.asked_at
  from (select measuring, asked_at from objections.measurings
         where book = :book order by measuring desc limit 1) as measuring
 where not exists (select from objections.measuring_ends as ended
                    where ended.book = :book and ended.measuring = measuring.measuring);

-- write
insert into objections.measurings (book, measuring, asked_by, asked_at)
select :book, asked.measuring, asked.asked_by, :now
  from unnest(:numbers::bigint[], :asked_by::bigint[]) as asked (measuring, asked_by);
