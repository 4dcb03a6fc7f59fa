-- open_measurings
-- Which of these were asked for and did not end.
select measuring.measuring
  from objections.measurings as measuring
 where measuring.book = :book and measuring.measuring = any(:numbers::bigint[])
   and not exists (select from objections.measuring_ends as ended
                    where ended.book = :book and ended.measuring = measuring.measuring);

-- write
insert into objections.answers (book, recording, question, lake, simulation_id, said_on, verdict,
                                answer, recorded_by, recorded_at)
select :book, said.recording, said.question, said.lake, said.simulation_id, said.as_of::date,
       said.verdict, said.answer, said.recorded_by, :now
  from unnest(:recordings::bigint[], :questions::text[], :lakes::text[], :simulations::bigint[],
              :days::text[], :verdicts::text[], :answers::text[], :actors::bigint[])
       as said (recording, question, lake, simulation_id, as_of, verdict, answer, recorded_by);

-- end
insert into objections.measuring_ends (book, measuring, trouble, ended_at)
select :book, ended.measuring, '', :now from unnest(:numbers::bigint[]) as ended (measuring);
