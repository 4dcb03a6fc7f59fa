-- simulations
-- The simulations of a kind, the newest first, before a number.
select simulation.simulation_id, simulation.kind, simulation.people, simulation.days,
       simulation.seed, simulation.touches_week, simulation.cards, simulation.share_quota,
       simulation.discount_percent, simulation.asked_by, simulation.started_at, ended.ended_at,
       coalesce(ended.trouble, '') as trouble, coalesce(ended.result, '') as result
  from town.simulations as simulation
  left join town.simulation_ends as ended
    on ended.book = simulation.book and ended.simulation_id = simulation.simulation_id
 where simulation.book = :book and simulation.kind = :kind and simulation.simulation_id < :before
 order by simulation.simulation_id desc
 limit :simulations_max;
