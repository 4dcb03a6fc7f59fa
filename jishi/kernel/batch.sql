-- recall
-- The moment, the book's count of events, and which of these keys were answered before.
-- The book is locked already, so no other process can be answering one of them now.
select clock_timestamp() as now, book.event_count as events,
       known.key, known.fingerprint, known.number, known.event_at
  from kernel.books as book
  left join kernel.keys as known on known.book = book.book and known.key = any(:keys::uuid[])
 where book.book = :book;

-- retell
-- Events that were already given as answers.
select event.number, event.name, event.body::text as body
  from unnest(:numbers::bigint[], :moments::timestamptz[]) as asked (number, at)
  join kernel.events as event
    on event.book = :book and event.number = asked.number and event.at = asked.at;

-- remember
-- What a batch leaves: its keys, its events, a todo for each reaction, the book's new count.
with counted as (
    update kernel.books
       set event_count = event_count + cardinality(:keys::uuid[])
     where book = :book
), told as (
    insert into kernel.events (book, number, at, name, subject_id, actor_id, body)
    select :book, number, :now, :name::text, subject_id, actor_id, body::jsonb
      from unnest(:numbers::bigint[], :subjects::bigint[], :actors::bigint[], :bodies::text[])
        as event (number, subject_id, actor_id, body)
), waiting as (
    insert into kernel.todos (book, number, reaction, event_at, due_at)
    select :book, number, reaction, :now, :now + make_interval(secs => pause)
      from unnest(:todo_numbers::bigint[], :reactions::text[], :pauses::int[])
        as todo (number, reaction, pause)
)
insert into kernel.keys (book, key, fingerprint, number, event_at)
select :book, key, fingerprint, number, :now
  from unnest(:keys::uuid[], :fingerprints::bigint[], :numbers::bigint[])
    as answered (key, fingerprint, number);
