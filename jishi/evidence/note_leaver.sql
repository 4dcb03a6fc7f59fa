-- known
-- Who of these left already.
select person_id
  from evidence.leavers
 where book = :book and person_id = any(:person_ids::bigint[]);

-- write
insert into evidence.leavers (book, person_id, left_at)
select :book, gone.person_id, :now from unnest(:person_ids::bigint[]) as gone (person_id);
