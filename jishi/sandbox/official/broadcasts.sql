-- by_client_id
-- The broadcast that was asked for under this name.
select msg_id, state, made_at
  from sandbox.broadcasts
 where appid = :appid::text and client_id = :client_id::text;

-- by_msg_id
-- A broadcast by its number.
select msg_id, state, made_at
  from sandbox.broadcasts
 where appid = :appid::text and msg_id = :msg_id::bigint;

-- add_broadcast
-- Keep a broadcast that will be sent.
insert into sandbox.broadcasts (appid, kind, content, client_id, is_to_all, tag_id, state, made_at)
values (:appid::text, :kind::text, :content::jsonb, :client_id::text, :is_to_all::boolean,
        :tag_id::bigint, 'SENDING', :now)
returning msg_id, state, made_at;

-- add_targets
-- Name the people a broadcast is for.
insert into sandbox.broadcast_targets (msg_id, person_id)
select :msg_id::bigint, chosen.person_id
  from unnest(:person_ids::bigint[]) as chosen (person_id)
    on conflict do nothing;

-- to_all_count
-- How many broadcasts went to everybody today and this month.
select count(*) filter (where made_at >= :day_begins_at::timestamptz)::integer as of_day,
       count(*)::integer as of_month
  from sandbox.broadcasts
 where appid = :appid::text and is_to_all and made_at >= :month_begins_at::timestamptz;

-- mark_deleted
-- A broadcast was taken off.
update sandbox.broadcasts
   set state = 'DELETE'
 where appid = :appid::text and msg_id = :msg_id::bigint;

-- put_speed
-- Choose the gear.
insert into sandbox.broadcast_speeds (appid, speed)
values (:appid::text, :speed::integer)
    on conflict (appid) do update set speed = excluded.speed;

-- gear
-- The gear of an account.
select speed from sandbox.broadcast_speeds where appid = :appid::text;

-- one_by_one
-- Let an account's broadcasts be asked for one after the other.
select from sandbox.accounts where appid = :appid::text for no key update;
