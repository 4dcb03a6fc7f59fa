-- known
select simulation.simulation_id, simulation.started_at, ended.simulation_id is not null as is_ended
  from town.simulations as simulation
  left join town.simulation_ends as ended
    on ended.book = simulation.book and ended.simulation_id = simulation.simulation_id
 where simulation.book = :book and simulation.simulation_id = any(:numbers::bigint[]);

-- forget_ends
delete from town.simulation_ends where book = :book and simulation_id = any(:numbers::bigint[]);

-- forget
delete from town.simulations where book = :book and simulation_id = any(:numbers::bigint[]);
