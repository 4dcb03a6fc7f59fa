-- followers
-- Who of these follows: what was told of him last.
select last.person_id
  from (select distinct on (person_id) person_id, is_following
          from evidence.follows
         where book = :book and person_id = any(:person_ids::bigint[])
         order by person_id, number desc) as last
 where last.is_following;

-- write
insert into evidence.follows (book, number, person_id, is_following, source, told_at)
select :book, told.number, told.person_id, told.is_following, told.source, :now
  from unnest(:numbers::bigint[], :person_ids::bigint[], :followings::boolean[], :sources::text[])
    as told (number, person_id, is_following, source);
