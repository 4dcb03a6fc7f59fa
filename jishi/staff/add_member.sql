-- known
-- The members with one of these ids or names, also those who left.
select staff_id, name
  from staff.members
 where book = :book
   and (staff_id = any(:staff_ids::bigint[]) or name = any(:names::text[]));

-- workplaces
-- Where people can work: the market and its shops, with how many do.
select place.book,
       (select count(*) from staff.members as member
         where member.book = :book and member.works_in = place.book and member.left_at is null)
       as members
  from kernel.books as place
 where place.book = any(:books::bigint[]) and place.kind in ('market', 'shop');

-- write
insert into staff.members (book, staff_id, works_in, name, roles, added_by, added_at)
select :book, added.staff_id, added.works_in, added.name, string_to_array(added.roles, ','),
       added.actor, :now
  from unnest(:staff_ids::bigint[], :workplaces::bigint[], :names::text[], :roles::text[],
              :actors::bigint[])
       as added (staff_id, works_in, name, roles, actor);
