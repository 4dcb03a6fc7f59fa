-- latest
-- What was said last of each question, of the market's own data or of simulated ones; with
-- `before`, of what was said before this recording.
select said.recording, said.question, said.simulation_id, said.answer, said.recorded_by,
       said.recorded_at
  from objections.answers as said
 where said.book = :book and said.lake = :lake
   and said.recording = (select max(recording) from objections.answers
                          where book = :book and lake = :lake and recording < :before)
 order by said.question;

-- history
-- The verdicts on a question, the newest first.
select recording, said_on, verdict, recorded_by, recorded_at
  from objections.answers
 where book = :book and lake = :lake and question = :question and recording < :before
 order by recording desc
 limit :verdicts_max;

-- last_measuring
select measuring.measuring, measuring.asked_at, ended.ended_at,
       coalesce(ended.trouble, '') as trouble
  from objections.measurings as measuring
  left join objections.measuring_ends as ended
    on ended.book = measuring.book and ended.measuring = measuring.measuring
 where measuring.book = :book
 order by measuring.measuring desc
 limit 1;
