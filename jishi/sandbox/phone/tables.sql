-- The phone: what people say to each other and show each other. Accounts' chats are the account's.

-- Where friends talk: a pair, or a group with a name.
create table sandbox.rooms (
    room_id   bigint generated always as identity primary key,
    name      text not null default '',
    pair      text,
    opened_at timestamptz not null,
    constraint two_people_have_one_room unique (pair),
    constraint a_group_has_a_name check ((pair is null) = (name <> ''))
);
comment on column sandbox.rooms.pair is 'The two of a pair, as "3:8"; none in a group.';

create table sandbox.room_people (
    room_id   bigint not null references sandbox.rooms,
    person_id bigint not null references sandbox.people,
    joined_at timestamptz not null,
    primary key (room_id, person_id)
);
create index rooms_of_a_person on sandbox.room_people (person_id);

create table sandbox.room_messages (
    message_id bigint generated always as identity primary key,
    room_id    bigint not null references sandbox.rooms,
    person_id  bigint not null references sandbox.people,
    kind       text not null,
    content    jsonb not null,
    said_at    timestamptz not null,
    constraint friends_say_what_can_be_shown check (kind in ('text', 'card', 'photo', 'place'))
);
create index room_messages_in_order on sandbox.room_messages (room_id, message_id desc);

-- What a person shows to all friends: words, with a link or a picture.
create table sandbox.moments (
    moment_id bigint generated always as identity primary key,
    person_id bigint not null references sandbox.people,
    kind      text not null,
    content   jsonb not null,
    posted_at timestamptz not null,
    constraint a_moment_shows_what_can_be_shown check (kind in ('text', 'card', 'photo'))
);

create table sandbox.moment_likes (
    moment_id bigint not null references sandbox.moments,
    person_id bigint not null references sandbox.people,
    liked_at  timestamptz not null,
    primary key (moment_id, person_id)
);

-- Pictures, by the digest of their bytes.
create table sandbox.photos (
    photo_id   text primary key,
    media_type text not null,
    bytes      bytea not null,
    kept_at    timestamptz not null
);

-- Up to which message a person has read a chat: `chat` is an appid, or "room-" and its number.
create table sandbox.chat_reads (
    person_id  bigint not null references sandbox.people,
    chat       text not null,
    message_id bigint not null,
    read_at    timestamptz not null,
    primary key (person_id, chat)
);
