-- add_message
-- Say something in a chat.
insert into sandbox.messages
       (appid, person_id, is_from_person, channel, kind, content, about, client_id, said_at)
values (:appid::text, :person_id::bigint, :is_from_person::boolean, :channel::text, :kind::text,
        :content::jsonb, :about::text, :client_id::text, :now)
returning message_id;

-- add_messages
-- Say the same in many chats.
insert into sandbox.messages
       (appid, person_id, is_from_person, channel, kind, content, about, said_at)
select :appid::text, person_id, false, :channel::text, :kind::text, :content::jsonb, :about::text,
       :now
  from unnest(:person_ids::bigint[]) as chosen (person_id);

-- messages
-- What was said in a chat before a message, the newest first.
select message_id, is_from_person, channel, kind, content, about, said_at
  from sandbox.messages
 where appid = :appid::text and person_id = :person_id::bigint
   and message_id < :before::bigint
 order by message_id desc
 limit :count::integer;
