-- add_alarm
-- Set an alarm.
insert into sandbox.alarms (kind, subject, due_at)
values (:kind::text, :subject::text, :due_at::timestamptz);

-- take_alarms
-- Take what is due away, the oldest first.
delete from sandbox.alarms
 where alarm_id in (select due.alarm_id from sandbox.alarms as due
                     where due.due_at <= :now
                     order by due.due_at, due.alarm_id
                     limit :taken_max::integer)
returning alarm_id, kind, subject, due_at;

-- next_alarms
-- What is due next.
select alarm_id, kind, subject, due_at
  from sandbox.alarms
 order by due_at, alarm_id
 limit :taken_max::integer;
