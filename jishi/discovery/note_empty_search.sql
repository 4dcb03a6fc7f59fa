-- kept
-- How many questions are kept.
select count(*) as questions from discovery.empty_searches where book = :book;

-- count_question
-- Count these questions.
insert into discovery.empty_searches (book, question, times, first_at, last_at)
select :book, asked.question, asked.times, :now, :now
  from unnest(:questions::text[], :times::bigint[]) as asked (question, times)
    on conflict (book, question)
       do update set times = empty_searches.times + excluded.times, last_at = excluded.last_at;
