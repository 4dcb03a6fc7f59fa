-- read
select found.number, found.position,
       abs(coalesce(found.ours_fen, 0) - coalesce(found.theirs_fen, 0)) as stake_fen,
       coalesce(first.actor_id, 0) as first_actor_id, ended.number is not null as is_ended
  from unnest(:numbers::bigint[], :positions::int[]) as asked (number, position)
  join money.differences as found
    on found.book = :book and found.number = asked.number and found.position = asked.position
  left join money.explanations as first
    on first.book = :book and first.number = found.number and first.position = found.position
       and not first.is_last
  left join money.resolutions as ended
    on ended.book = :book and ended.number = found.number and ended.position = found.position;

-- write
with told as (
    select number, position, ended_by, note, actor_id, is_ended
      from unnest(:numbers::bigint[], :positions::int[], :ends::bigint[], :notes::text[],
                  :actor_ids::bigint[], :ended::boolean[])
        as told (number, position, ended_by, note, actor_id, is_ended)
), said as (
    insert into money.explanations (book, number, position, is_last, note, actor_id, said_at)
    select :book, number, position, is_ended, note, actor_id, :now from told
)
insert into money.resolutions (book, number, position, ended_by, how, note, actor_id, ended_at)
select :book, number, position, ended_by, 'explained', note, actor_id, :now
  from told
 where is_ended;
