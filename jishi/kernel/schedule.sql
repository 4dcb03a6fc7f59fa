-- enter
insert into kernel.schedules (name)
select unnest(:names::text[])
on conflict (name) do nothing;

-- take_due
-- One process takes what is due; braked work waits for an operator.
with due as (
    select schedule.name, known.pause
      from unnest(:names::text[], :pauses::int[]) as known (name, pause)
      join kernel.schedules as schedule on schedule.name = known.name
     where schedule.due_at <= clock_timestamp() and schedule.brake is null
       for update of schedule skip locked
)
update kernel.schedules as schedule
   set due_at = clock_timestamp() + make_interval(secs => due.pause),
       started_at = clock_timestamp()
  from due
 where schedule.name = due.name
returning schedule.name;

-- finish
update kernel.schedules
   set ended_at = clock_timestamp(), trouble = :trouble::text
 where name = :name;

-- brake
-- The work stops itself until an operator has looked.
update kernel.schedules
   set brake = :brake::text, braked_at = clock_timestamp()
 where name = :name;

-- release_brakes
update kernel.schedules
   set brake = null, braked_at = null, due_at = clock_timestamp()
 where name = any(:names::text[]) and brake is not null
returning name;

-- braked
select name, brake, braked_at
  from kernel.schedules
 where brake is not null
 order by name;

-- months
select kernel.open_months();
