-- still_open
select simulation.simulation_id, simulation.kind
  from town.simulations as simulation
 where simulation.book = :book and simulation.simulation_id = any(:numbers::bigint[])
   and not exists (select from town.simulation_ends as ended
                    where ended.book = :book
                      and ended.simulation_id = simulation.simulation_id);

-- write
insert into town.simulation_ends (book, simulation_id, trouble, result, ended_at)
select :book, ended.number, ended.trouble, ended.result, :now
  from unnest(:numbers::bigint[], :troubles::text[], :results::text[])
       as ended (number, trouble, result);
