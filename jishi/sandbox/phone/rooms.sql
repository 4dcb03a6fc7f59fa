-- room_by_id
-- A room that a person is in.
select room.room_id, room.name
  from sandbox.rooms as room
  join sandbox.room_people as inside on inside.room_id = room.room_id
 where room.room_id = :room_id::bigint and inside.person_id = :person_id::bigint;

-- room_by_pair
-- The room of two people.
select room_id, name from sandbox.rooms where pair = :pair::text;

-- add_room
-- Open a room.
insert into sandbox.rooms (name, pair, opened_at)
values (:name::text, :pair::text, :now)
returning room_id, name;

-- join
-- Let people into a room.
insert into sandbox.room_people (room_id, person_id, joined_at)
select :room_id::bigint, person_id, :now
  from unnest(:person_ids::bigint[]) as joining (person_id)
    on conflict do nothing;

-- room_friends
-- Who is in a room.
select person.person_id, person.name, person.avatar
  from sandbox.room_people as inside
  join sandbox.people as person on person.person_id = inside.person_id
 where inside.room_id = :room_id::bigint
 order by inside.joined_at, person.person_id;

-- room_lines
-- What was said in a room before a message, the newest first.
select said.message_id, said.person_id, person.name, person.avatar, said.kind, said.content,
       said.said_at
  from sandbox.room_messages as said
  join sandbox.people as person on person.person_id = said.person_id
 where said.room_id = :room_id::bigint and said.message_id < :before::bigint
 order by said.message_id desc
 limit :lines_max::integer;

-- add_line
-- Say something in a room.
insert into sandbox.room_messages (room_id, person_id, kind, content, said_at)
values (:room_id::bigint, :person_id::bigint, :kind::text, :content::jsonb, :now)
returning message_id;
