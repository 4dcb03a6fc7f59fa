-- write
-- A template and its zones; the newest of a shop is the one that holds.
with written as (
    insert into trade.freights (book, number, charged_by, set_at)
    select :book, number, charged_by, :now
      from unnest(:numbers::bigint[], :charges::text[]) as freight (number, charged_by)
)
insert into trade.freight_zones (book, number, position, divisions, is_served, first, first_fen,
                                 more, more_fen, free_from_fen)
select :book, number, position, string_to_array(divisions, ','), is_served, first, first_fen, more,
       more_fen, free_from_fen
  from unnest(:of_numbers::bigint[], :positions::int[], :divisions::text[], :served::boolean[],
              :firsts::bigint[], :first_prices::bigint[], :mores::bigint[], :more_prices::bigint[],
              :free_froms::bigint[])
    as zone (number, position, divisions, is_served, first, first_fen, more, more_fen,
             free_from_fen);
