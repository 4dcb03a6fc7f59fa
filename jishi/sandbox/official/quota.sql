-- count
-- One call more in this period; how many there are now, over all slots.
with here as (
    insert into sandbox.usages as usage (appid, operation, begins_at, slot, used)
    values (:appid::text, :operation::text, :begins_at::timestamptz, :slot::integer, 1)
        on conflict (appid, operation, begins_at, slot) do update set used = usage.used + 1
    returning used
)
select (here.used + coalesce(
           (select sum(other.used) from sandbox.usages as other
             where other.appid = :appid::text and other.operation = :operation::text
               and other.begins_at = :begins_at::timestamptz
               and other.slot <> :slot::integer), 0))::bigint as used
  from here;

-- counted
-- How many calls there are in this period.
select coalesce(sum(used), 0)::bigint as used
  from sandbox.usages
 where appid = :appid::text and operation = :operation::text
   and begins_at = :begins_at::timestamptz;

-- forget
-- Begin all counts anew, but for the count of clearings.
delete from sandbox.usages where appid = :appid::text and operation <> :clearing::text;
