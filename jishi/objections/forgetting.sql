-- forget_answers
delete from objections.answers
 where book = :book and lake = 'simulated' and simulation_id = any(:simulation_ids::bigint[]);
