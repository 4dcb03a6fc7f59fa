-- all_armed
-- What waits, the oldest first.
select fault_id, kind, operation, times_left, percent, settings, armed_at
  from sandbox.faults
 order by fault_id;

-- arm
-- Arm a fault.
insert into sandbox.faults (kind, operation, times_left, percent, settings, armed_at)
values (:kind::text, :operation::text, :times_left::integer, :percent::integer, :settings::text,
        :now)
returning fault_id, kind, operation, times_left, percent, settings, armed_at;

-- strike
-- Take the times that struck; a fault without any left is gone.
with struck as (
    update sandbox.faults as fault
       set times_left = fault.times_left - done.times
      from unnest(:fault_ids::bigint[], :times::integer[]) as done (fault_id, times)
     where fault.fault_id = done.fault_id and fault.times_left > done.times
    returning fault.fault_id
)
delete from sandbox.faults
 where fault_id = any (:fault_ids::bigint[])
   and fault_id not in (select struck.fault_id from struck);

-- disarm
-- Take faults off; without ids, all of them.
delete from sandbox.faults
 where fault_id = any (:fault_ids::bigint[]) or cardinality(:fault_ids::bigint[]) = 0;
