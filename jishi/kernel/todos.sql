-- claim_due
-- Todos that are due, leased: a worker that dies gives them back when the lease is over.
with due as (
    select book, number, reaction
      from kernel.todos
     where dead_at is null and due_at <= clock_timestamp()
     order by due_at
     limit :todos_max::int
       for update skip locked
), claimed as (
    update kernel.todos as todo
       set due_at = clock_timestamp() + make_interval(secs => :lease::int), tries = todo.tries + 1
      from due
     where todo.book = due.book and todo.number = due.number and todo.reaction = due.reaction
    returning todo.book, todo.number, todo.reaction, todo.tries, todo.event_at
)
select claimed.book, claimed.number, claimed.reaction, claimed.tries, claimed.event_at,
       event.name, event.body::text as body
  from claimed
  join kernel.events as event
    on event.book = claimed.book and event.number = claimed.number and event.at = claimed.event_at
 order by claimed.book, claimed.number;

-- claim_these
-- The todos that a page waits for, if nobody else has them yet.
with wanted as (
    select todo.book, todo.number, todo.reaction
      from unnest(:books::bigint[], :numbers::bigint[], :reactions::text[])
        as wanted (book, number, reaction)
      join kernel.todos as todo
        on todo.book = wanted.book and todo.number = wanted.number
       and todo.reaction = wanted.reaction
     where todo.dead_at is null
       for update of todo skip locked
), claimed as (
    update kernel.todos as todo
       set due_at = clock_timestamp() + make_interval(secs => :lease::int), tries = todo.tries + 1
      from wanted
     where todo.book = wanted.book and todo.number = wanted.number
       and todo.reaction = wanted.reaction
    returning todo.book, todo.number, todo.reaction, todo.tries, todo.event_at
)
select claimed.book, claimed.number, claimed.reaction, claimed.tries, claimed.event_at,
       event.name, event.body::text as body
  from claimed
  join kernel.events as event
    on event.book = claimed.book and event.number = claimed.number and event.at = claimed.event_at
 order by claimed.book, claimed.number;

-- end
-- Everything that these asked for was answered.
delete from kernel.todos as todo
 using unnest(:books::bigint[], :numbers::bigint[], :reactions::text[])
    as ended (book, number, reaction)
 where todo.book = ended.book and todo.number = ended.number and todo.reaction = ended.reaction;

-- put_off
-- Tried in vain: due again after a pause, or dead.
update kernel.todos as todo
   set due_at = clock_timestamp() + make_interval(secs => late.pause),
       trouble = late.trouble,
       dead_at = case when late.is_dead then clock_timestamp() end
  from unnest(:books::bigint[], :numbers::bigint[], :reactions::text[],
              :pauses::int[], :troubles::text[], :deaths::boolean[])
    as late (book, number, reaction, pause, trouble, is_dead)
 where todo.book = late.book and todo.number = late.number and todo.reaction = late.reaction;
