-- add_moment
-- Show something.
insert into sandbox.moments (person_id, kind, content, posted_at)
values (:person_id::bigint, :kind::text, :content::jsonb, :now)
returning moment_id;

-- moments_before
-- What was shown before a moment, the newest first.
select shown.moment_id, shown.person_id, person.name, person.avatar, shown.kind, shown.content,
       array(select liker.name
               from sandbox.moment_likes as liked
               join sandbox.people as liker on liker.person_id = liked.person_id
              where liked.moment_id = shown.moment_id
              order by liked.liked_at) as likers,
       shown.posted_at
  from sandbox.moments as shown
  join sandbox.people as person on person.person_id = shown.person_id
 where shown.moment_id < :before::bigint
 order by shown.moment_id desc
 limit :moments_max::integer;

-- like
-- Like what is there; nothing comes back when it was liked already.
insert into sandbox.moment_likes (moment_id, person_id, liked_at)
select shown.moment_id, person.person_id, :now
  from sandbox.moments as shown
 cross join sandbox.people as person
 where shown.moment_id = :moment_id::bigint and person.person_id = :person_id::bigint
    on conflict do nothing
returning moment_id;

-- unlike
-- Take a liking back.
delete from sandbox.moment_likes
 where moment_id = :moment_id::bigint and person_id = :person_id::bigint;
