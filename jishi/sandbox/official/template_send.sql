-- target
-- Whom a message is for, whether it would arrive, the template, and the same message sent before.
select known.person_id,
       coalesce(fan.followed_at is not null and fan.unfollowed_at is null, false) as is_following,
       coalesce(fan.blocked_at is not null, false) as is_blocked,
       coalesce(fan.has_muted, false) as has_muted,
       template.title, template.content,
       (select max(sent.message_id) from sandbox.messages as sent
         where sent.appid = known.appid and sent.person_id = known.person_id
           and sent.client_id = :client_id::text and sent.client_id <> ''
           and sent.channel = 'template'
           and sent.said_at > :repeated_since::timestamptz) as repeated_id
  from sandbox.openids as known
  left join sandbox.fans as fan on fan.appid = known.appid and fan.person_id = known.person_id
  left join sandbox.templates as template
    on template.appid = known.appid and template.template_id = :template_id::text
   and template.kind = 'template' and template.deleted_at is null
 where known.appid = :appid::text and known.openid = :openid::text;

-- one_by_one
-- Let the same message, asked for twice at a time, be sent by one after the other.
select pg_advisory_xact_lock(hashtextextended(:key::text, 0));
