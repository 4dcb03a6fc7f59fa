-- read
select pot_id, coins from toy.pots where book = :book and pot_id = any(:pot_ids::bigint[]);

-- write
with taken as (
    insert into toy.takings (book, number, pot_id, coins)
    select :book, number, pot_id, coins
      from unnest(:numbers::bigint[], :pot_ids::bigint[], :coins::bigint[])
        as taken (number, pot_id, coins)
)
update toy.pots as pot
   set coins = pot.coins - wanted.coins
  from (select pot_id, sum(coins) as coins
          from unnest(:pot_ids::bigint[], :coins::bigint[]) as taken (pot_id, coins)
         group by pot_id) as wanted
 where pot.book = :book and pot.pot_id = wanted.pot_id;

-- fill
insert into toy.pots (book, pot_id, coins)
select :book, pot_id, coins
  from unnest(:pot_ids::bigint[], :coins::bigint[]) as pot (pot_id, coins);
