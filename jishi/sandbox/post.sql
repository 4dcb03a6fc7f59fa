-- keep
insert into sandbox.post (message_id, kind, recipient, subject, words, came_at)
values (:message_id, :kind, :recipient, :subject, :words, :now)
    on conflict (message_id) do nothing;

-- newest
select post_id, kind, recipient, subject, words, came_at
  from sandbox.post
 where :recipient::text in ('', recipient)
 order by post_id desc
 limit :post_max::int;
