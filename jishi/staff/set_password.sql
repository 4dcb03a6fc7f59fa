-- links
-- Links that nobody used, and no newer one ended, of members who work here.
select link.link_id, link.staff_id, link.digest, link.ends_at
  from staff.links as link
  join staff.members as member
    on member.book = link.book and member.staff_id = link.staff_id and member.left_at is null
 where link.book = :book and link.link_id = any(:link_ids::bigint[]) and link.used_at is null
   and not exists (select from staff.links as newer
                    where newer.book = link.book and newer.staff_id = link.staff_id
                      and newer.number > link.number);

-- write
with used as (
    update staff.links set used_at = :now
     where book = :book and link_id = any(:link_ids::bigint[])
), ended as (
    update staff.sessions set closed_at = :now
     where book = :book and staff_id = any(:staff_ids::bigint[]) and closed_at is null
)
insert into staff.passwords (book, staff_id, number, hash, set_at)
select :book, given.staff_id, given.number, given.hash, :now
  from unnest(:staff_ids::bigint[], :numbers::bigint[], :hashes::text[])
       as given (staff_id, number, hash);
