-- dead
select book, number, reaction, tries, coalesce(trouble, '') as trouble, dead_at
  from kernel.todos
 where dead_at is not null
 order by dead_at desc
 limit :todos_max::int;

-- revive
with revived as (
    update kernel.todos set dead_at = null, tries = 0, due_at = clock_timestamp()
     where dead_at is not null
    returning 1
)
select count(*) as todos from revived;

-- dead_count
select count(*) as todos from kernel.todos where dead_at is not null;
