-- found
-- What fits, the best first, a page at a time after (score, product_id). Of a word that fits very
-- many goods only so many are weighed.
select card.product_id, card.shop, card.product, card.title, card.title_en, card.price_fen,
       card.price_max_fen, card.compare_fen, card.picture, card.alt, card.alt_en, card.free,
       best.score
  from (select fits.book, fits.product_id, fits.score
          from (select entry.book, entry.product_id,
                       (ts_rank(entry.terms, :wanted::tsquery) * 1000000)::int as score
                  from discovery.entries as entry
                 where entry.terms @@ :wanted::tsquery
                 limit :weighed_max::int) as fits
         where (fits.score, fits.product_id) < (:score::int, :before::bigint)
         order by fits.score desc, fits.product_id desc
         limit :cards_max::int) as best
  join goods.cards as card on card.book = best.book and card.product_id = best.product_id
 order by best.score desc, best.product_id desc;

-- suggestions
-- Titles that fit what is being typed.
select product.title, product.title_en
  from (select entry.book, entry.product_id,
               ts_rank(entry.terms, :wanted::tsquery) as score
          from discovery.entries as entry
         where entry.terms @@ :wanted::tsquery
         limit :weighed_max::int) as fits
  join goods.products as product
    on product.book = fits.book and product.product_id = fits.product_id
 order by fits.score desc, fits.product_id desc
 limit :suggestions_max::int;

-- shops_to_index
-- Shops with goods that have no words yet.
select shop.book
  from goods.shops as shop
 where exists (select from discovery.findable as findable
                 left join discovery.entries as entry
                   on entry.book = findable.book and entry.product_id = findable.product_id
                where findable.book = shop.book and entry.product_id is null)
 order by shop.book
 limit :shops_max::int;

-- empty_searches
-- What was looked for and not found, the most wanted first.
select question, times, last_at
  from discovery.empty_searches
 where book = :of_book
 order by times desc, last_at desc, question
 limit :questions_max::int;
