-- good_session
-- A session that is open and in its time, of somebody who works here.
select session.session_id, member.staff_id, member.works_in, member.name, member.roles,
       session.opened_at, session.ends_at,
       exists (select from staff.second_steps as said
                where said.book = member.book and said.works_in = member.works_in
                  and said.is_required)
       and not exists (select from staff.authenticators as kept
                        where kept.book = member.book and kept.staff_id = member.staff_id
                          and kept.removed_at is null) as lacks_second_step
  from staff.sessions as session
  join staff.members as member
    on member.book = session.book and member.staff_id = session.staff_id
 where session.book = 1 and session.session_id = :session_id and session.digest = :digest
   and session.closed_at is null and session.ends_at > clock_timestamp()
   and member.left_at is null;

-- sign_in_member
select member.staff_id, member.works_in, coalesce(password.hash, '') as hash
  from staff.members as member
  left join lateral (select kept.hash from staff.passwords as kept
                      where kept.book = member.book and kept.staff_id = member.staff_id
                      order by kept.number desc
                      limit 1) as password on true
 where member.book = 1 and member.name = :name and member.left_at is null;

-- good_link
-- A link that is the member's newest, unused, and in its time.
select link.link_id, member.staff_id, member.name
  from staff.links as link
  join staff.members as member
    on member.book = link.book and member.staff_id = link.staff_id and member.left_at is null
 where link.book = 1 and link.link_id = :link_id and link.digest = :digest
   and link.used_at is null and link.ends_at > clock_timestamp()
   and not exists (select from staff.links as newer
                    where newer.book = link.book and newer.staff_id = link.staff_id
                      and newer.number > link.number);

-- member_named
select member.staff_id, member.works_in, member.name, member.roles, member.added_at,
       member.left_at,
       exists (select from staff.passwords as kept
                where kept.book = member.book and kept.staff_id = member.staff_id) as has_password
  from staff.members as member
 where member.book = 1 and member.name = :name;

-- members
-- The staff of one workplace, newest first, a page at a time.
select member.staff_id, member.works_in, member.name, member.roles, member.added_at,
       member.left_at,
       exists (select from staff.passwords as kept
                where kept.book = member.book and kept.staff_id = member.staff_id) as has_password
  from staff.members as member
 where member.book = 1 and member.works_in = :works_in and member.staff_id < :before
 order by member.staff_id desc
 limit :members_max::int;

-- names
-- How these members are called.
select staff_id, name from staff.members
 where book = 1 and staff_id = any(:staff_ids::bigint[]);

-- first_member
-- Whoever came first, also if he left; none before the first run.
select staff_id, name from staff.members where book = :book order by staff_id limit 1;

-- colleagues
-- The staff of one workplace with when each was last seen, newest first, a page at a time.
select member.staff_id, member.works_in, member.name, member.roles, member.added_at,
       member.left_at,
       exists (select from staff.passwords as kept
                where kept.book = member.book and kept.staff_id = member.staff_id) as has_password,
       (select max(least(session.closed_at,
                         greatest(session.opened_at, session.ends_at - interval '12 hours')))
          from staff.sessions as session
         where session.book = member.book and session.staff_id = member.staff_id) as seen_at
  from staff.members as member
 where member.book = 1 and member.works_in = :works_in and member.staff_id < :before
 order by member.staff_id desc
 limit :members_max::int;

-- colleague
select member.staff_id, member.works_in, member.name, member.roles, member.added_at,
       member.left_at,
       exists (select from staff.passwords as kept
                where kept.book = member.book and kept.staff_id = member.staff_id) as has_password,
       (select max(least(session.closed_at,
                         greatest(session.opened_at, session.ends_at - interval '12 hours')))
          from staff.sessions as session
         where session.book = member.book and session.staff_id = member.staff_id) as seen_at
  from staff.members as member
 where member.book = 1 and member.works_in = :works_in and member.staff_id = :staff_id;

-- open_sessions
-- The browsers in which a member is in, the newest first.
select session.session_id, session.opened_at,
       greatest(session.opened_at, session.ends_at - interval '12 hours') as seen_at
  from staff.sessions as session
 where session.book = 1 and session.staff_id = :staff_id
   and session.closed_at is null and session.ends_at > clock_timestamp()
 order by session.opened_at desc, session.session_id
 limit :sessions_max::int;

-- sealed_authenticators
-- The authenticators that are in use, a batch at a time.
select staff_id, sealed
  from staff.authenticators
 where book = 1 and staff_id > :after and removed_at is null
 order by staff_id
 limit :authenticators_max::int;

-- authenticator
-- What a member shows after his password, and how many recovery codes he has left.
select kept.staff_id, kept.number, kept.sealed, kept.set_at,
       (select count(*) from staff.recovery_codes as code
         where code.book = kept.book and code.staff_id = kept.staff_id
           and code.number = kept.number and code.used_at is null) as codes_left
  from staff.authenticators as kept
 where kept.book = 1 and kept.staff_id = :staff_id and kept.removed_at is null;

-- second_step
-- Whether everybody at a place of work must show a second thing, and how many do.
select coalesce((select said.is_required from staff.second_steps as said
                  where said.book = 1 and said.works_in = :works_in), false) as is_required,
       count(*) as members, count(kept.number) as with_one
  from staff.members as member
  left join staff.authenticators as kept
    on kept.book = member.book and kept.staff_id = member.staff_id and kept.removed_at is null
 where member.book = 1 and member.works_in = :works_in and member.left_at is null;
