-- current
-- The newest template of each of these shops; its price is nobody's secret.
select freight.book as of_book, freight.charged_by,
       (select json_agg(json_build_object(
                   'divisions', zone.divisions, 'is_served', zone.is_served, 'first', zone.first,
                   'first_fen', zone.first_fen, 'more', zone.more, 'more_fen', zone.more_fen,
                   'free_from_fen', zone.free_from_fen) order by zone.position)
          from trade.freight_zones as zone
         where zone.book = freight.book and zone.number = freight.number) as zones
  from unnest(:books::bigint[]) as asked (book)
  join lateral (select set.book, set.number, set.charged_by
                  from trade.freights as set
                 where set.book = asked.book
                 order by set.number desc
                 limit 1) as freight on true;
