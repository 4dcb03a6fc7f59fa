-- last_open
-- The last simulation, if it did not end.
select simulation.started_at
  from (select simulation_id, started_at from town.simulations
         where book = :book order by simulation_id desc limit 1) as simulation
 where not exists (select from town.simulation_ends as ended
                    where ended.book = :book
                      and ended.simulation_id = simulation.simulation_id);

-- write
insert into town.simulations (book, simulation_id, kind, people, days, seed, touches_week, cards,
                              share_quota, discount_percent, asked_by, started_at)
select :book, asked.number, asked.kind, asked.people, asked.days, asked.seed, asked.touches,
       asked.cards, asked.quota, asked.discount, asked.actor, :now
  from unnest(:numbers::bigint[], :kinds::text[], :people::integer[], :days::integer[],
              :seeds::integer[], :touches::integer[], :cards::integer[], :quotas::integer[],
              :discounts::integer[], :actors::bigint[])
       as asked (number, kind, people, days, seed, touches, cards, quota, discount, actor);
