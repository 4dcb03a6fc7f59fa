-- chats
-- A person's chats, the newest first.
with mine as (
    select account.appid as chat, account.name, true as is_account, 0::bigint as room_id,
           array[]::text[] as faces, array[]::bigint[] as face_ids, fan.followed_at as begun_at
      from sandbox.fans as fan
      join sandbox.accounts as account on account.appid = fan.appid
     where fan.person_id = :person_id::bigint and fan.unfollowed_at is null
     union all
    select 'room-' || room.room_id,
           case room.name when '' then min(other.name) else room.name end,
           false, room.room_id,
           array_agg(other.avatar order by other.person_id),
           array_agg(other.person_id order by other.person_id), room.opened_at
      from sandbox.room_people as inside
      join sandbox.rooms as room on room.room_id = inside.room_id
      join sandbox.room_people as beside on beside.room_id = room.room_id
      join sandbox.people as other
        on other.person_id = beside.person_id
       and (room.name <> '' or other.person_id <> :person_id::bigint)
     where inside.person_id = :person_id::bigint
     group by room.room_id
)
select mine.chat, mine.name, mine.is_account, mine.faces, mine.face_ids,
       coalesce(last.said_by, '') as said_by, coalesce(last.is_mine, false) as is_mine,
       coalesce(last.kind, '') as kind, coalesce(last.content, '{}'::jsonb) as content,
       coalesce(last.message_id, 0) as last_id,
       (select count(*)
          from (select from sandbox.messages as new
                 where mine.is_account and new.appid = mine.chat
                   and new.person_id = :person_id::bigint and not new.is_from_person
                   and new.message_id > coalesce(seen.message_id, 0)
                 union all
                select from sandbox.room_messages as new
                 where new.room_id = mine.room_id and new.person_id <> :person_id::bigint
                   and new.message_id > coalesce(seen.message_id, 0)
                 limit :unread_max::integer) as unread) as unread_count,
       coalesce(last.said_at, mine.begun_at) as said_at
  from mine
  left join sandbox.chat_reads as seen
    on seen.person_id = :person_id::bigint and seen.chat = mine.chat
  left join lateral (
       (select said.message_id, '' as said_by, said.is_from_person as is_mine, said.kind,
               said.content, said.said_at
          from sandbox.messages as said
         where mine.is_account and said.appid = mine.chat
           and said.person_id = :person_id::bigint
         order by said.message_id desc
         limit 1)
        union all
       (select said.message_id, person.name, said.person_id = :person_id::bigint, said.kind,
               said.content, said.said_at
          from sandbox.room_messages as said
          join sandbox.people as person on person.person_id = said.person_id
         where said.room_id = mine.room_id
         order by said.message_id desc
         limit 1)) as last on true
 order by said_at desc, mine.chat;

-- contacts
-- The accounts with this in their name, and whether a person follows them.
select account.appid, account.name, account.original_id, account.kind,
       exists(select from sandbox.fans as fan
               where fan.appid = account.appid and fan.person_id = :person_id::bigint
                 and fan.unfollowed_at is null) as is_following
  from sandbox.accounts as account
 where position(lower(:wanted::text) in lower(account.name || ' ' || account.appid)) > 0
 order by account.registered_at, account.appid;

-- others
-- Everybody but this person.
select person_id, name, avatar, city
  from sandbox.people
 where person_id <> :person_id::bigint
 order by person_id;

-- mark_read
-- A person has read a chat up to this message.
insert into sandbox.chat_reads (person_id, chat, message_id, read_at)
values (:person_id::bigint, :chat::text, :message_id::bigint, :now)
    on conflict (person_id, chat)
    do update set message_id = excluded.message_id, read_at = excluded.read_at
 where chat_reads.message_id < excluded.message_id;

-- revision
-- How far everything has come that a person's phone shows.
select concat_ws('.',
           (select max(said.message_id) from sandbox.messages as said
             where said.person_id = :person_id::bigint),
           (select max(said.message_id)
              from sandbox.room_people as inside
              join sandbox.room_messages as said on said.room_id = inside.room_id
             where inside.person_id = :person_id::bigint),
           (select count(*) from sandbox.room_people as inside
             where inside.person_id = :person_id::bigint),
           (select count(*) from sandbox.fans as fan
             where fan.person_id = :person_id::bigint and fan.unfollowed_at is null)) as talk,
       (select coalesce(max(shown.moment_id), 0) from sandbox.moments as shown) as moment,
       (select coalesce(max(said.exchange_id), 0) from sandbox.exchanges as said
         where said.operation not like '/sandbox/%') as exchange,
       concat_ws('.', (select max(sent.delivery_id) from sandbox.deliveries as sent),
           (select sum(sent.tries) from sandbox.deliveries as sent),
           (select count(*) from sandbox.deliveries as sent
             where sent.ended_at is null)) as delivery;
