-- write
-- Opens books that are not open yet.
insert into kernel.books (book, kind, opened_at)
select book, kind, :now
  from unnest(:books::bigint[], :kinds::text[]) as opened (book, kind)
on conflict (book) do nothing;

-- book_of
select book, kind, event_count from kernel.books where book = :of_book;
