-- waiting
-- Who of these left and is not forgotten yet.
select person_id
  from evidence.leavers
 where book = :book and person_id = any(:person_ids::bigint[]) and forgotten_at is null;

-- add
insert into evidence.folded (book, question, arm, measure, units, sum)
select :book, added.question, added.arm, added.measure, added.units, added.sum
  from unnest(:questions::text[], :arms::text[], :measures::text[], :units::bigint[],
              :sums::float8[])
    as added (question, arm, measure, units, sum)
    on conflict (book, question, arm, measure)
       do update set units = folded.units + excluded.units, sum = folded.sum + excluded.sum;

-- forget
-- What pages saw lies in every shop's book; a person's id is his in all of them.
with saw as (
    delete from evidence.seen where person_id = any(:person_ids::bigint[])
), assigned as (
    delete from evidence.exposures
     where book = :book and unit_type = 'person' and unit_id = any(:person_ids::bigint[])
), followed as (
    delete from evidence.follows
     where book = :book and person_id = any(:person_ids::bigint[])
)
update evidence.leavers set forgotten_at = :now
 where book = :book and person_id = any(:person_ids::bigint[]);
