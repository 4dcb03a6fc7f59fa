-- put_window
-- Open a window, or open it afresh.
insert into sandbox.service_windows (appid, person_id, kind, left_count, open_until)
values (:appid::text, :person_id::bigint, :kind::text, :left_count::integer,
        :open_until::timestamptz)
    on conflict (appid, person_id, kind)
    do update set left_count = excluded.left_count, open_until = excluded.open_until;

-- say_through
-- Spend one of each open window and say it; one who paid of late hears everything.
with paid as (
    select from sandbox.orders as paid_order
     where :may_pay_open::boolean and paid_order.appid = :appid::text
       and paid_order.person_id = :person_id::bigint
       and paid_order.paid_at > :paid_since::timestamptz
     limit 1
), spent as (
    update sandbox.service_windows
       set left_count = left_count - 1
     where appid = :appid::text and person_id = :person_id::bigint
       and open_until > :now and left_count > 0
       and not exists (select from paid)
    returning kind
)
insert into sandbox.messages
       (appid, person_id, is_from_person, channel, kind, content, said_at)
select :appid::text, :person_id::bigint, false, :channel::text, :kind::text, :content::jsonb, :now
 where exists (select from spent) or exists (select from paid)
returning message_id;

-- standing
-- How many windows are open, spent or not.
select count(*)::integer as windows
  from sandbox.service_windows
 where appid = :appid::text and person_id = :person_id::bigint and open_until > :now;
