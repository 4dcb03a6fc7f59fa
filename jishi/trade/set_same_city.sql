-- write
insert into trade.same_city_terms (book, number, is_offered, divisions, fee_fen, free_from_fen,
                                   minimum_fen, set_at)
select :book, number, is_offered,
       case when divisions = '' then '{}' else string_to_array(divisions, ',') end, fee_fen,
       free_from_fen, minimum_fen, :now
  from unnest(:numbers::bigint[], :offered::boolean[], :divisions::text[], :fees::bigint[],
              :free_froms::bigint[], :minimums::bigint[])
    as term (number, is_offered, divisions, fee_fen, free_from_fen, minimum_fen);
