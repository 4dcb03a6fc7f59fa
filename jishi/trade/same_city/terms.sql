-- current
-- The newest terms of each of these shops; they are nobody's secret.
select newest.book as of_book, newest.is_offered, newest.divisions, newest.fee_fen,
       newest.free_from_fen, newest.minimum_fen
  from unnest(:books::bigint[]) as asked (book)
  join lateral (select term.book, term.is_offered, term.divisions, term.fee_fen,
                       term.free_from_fen, term.minimum_fen
                  from trade.same_city_terms as term
                 where term.book = asked.book
                 order by term.number desc
                 limit 1) as newest on true;
