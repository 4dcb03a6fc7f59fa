-- aim
-- How many fans a broadcast is for, and whom it reaches: not the muted, the blocked, or those who
-- had as many this month as a person may.
with target as (
    select fan.person_id, fan.fan_number,
           not fan.has_muted and fan.blocked_at is null
           and (select count(*) from sandbox.messages as had
                 where had.appid = :appid::text and had.person_id = fan.person_id
                   and had.channel = 'broadcast'
                   and had.said_at >= :month_begins_at::timestamptz)
               < :month_max::integer as is_reached
      from sandbox.fans as fan
     where fan.appid = :appid::text and fan.unfollowed_at is null
       and (cardinality(:person_ids::bigint[]) = 0 or fan.person_id = any(:person_ids::bigint[]))
       and (:tag_id::bigint is null or exists (
                select from sandbox.fan_tags as tag
                 where tag.appid = :appid::text and tag.tag_id = :tag_id::bigint
                   and tag.person_id = fan.person_id))
)
select count(*)::integer as targets,
       coalesce(array_agg(person_id order by fan_number) filter (where is_reached), '{}')
           as person_ids
  from target;

-- going
-- A broadcast that is to go out.
select broadcast.msg_id, broadcast.appid, broadcast.kind, broadcast.content, broadcast.is_to_all,
       broadcast.tag_id,
       array(select person_id from sandbox.broadcast_targets as chosen
              where chosen.msg_id = broadcast.msg_id) as person_ids
  from sandbox.broadcasts as broadcast
 where broadcast.msg_id = :msg_id::bigint and broadcast.state = 'SENDING';

-- mark_sent
-- A broadcast went out.
update sandbox.broadcasts
   set state = 'SEND_SUCCESS', sent_at = :now
 where msg_id = :msg_id::bigint;
