-- queue
-- Cases of a shop in some states, the oldest first, a page at a time.
select wanted.case_id, wanted.public_id as case, placed.order_number, line.title, line.title_en,
       wanted.kind, wanted.quantity, wanted.refund_fen, wanted.state, wanted.opened_at,
       wanted.act_until
  from after_sale.cases as wanted
  join trade.orders as placed on placed.book = wanted.book and placed.order_id = wanted.order_id
  join trade.order_lines as line
    on line.book = wanted.book and line.order_id = wanted.order_id
   and line.position = wanted.position
 where wanted.book = :book and wanted.state = any(:states::text[]) and wanted.case_id > :after
 order by wanted.case_id
 limit :cases_max::int;

-- counts
-- How many open cases wait for the seller, for the market, for somebody else.
select count(*) filter (where state = any(:ours::text[])) as ours,
       count(*) filter (where state = any(:market::text[])) as market,
       count(*) filter (where state <> all(:ours::text[] || :market::text[])) as others
  from after_sale.cases
 where book = :book and state <> all(array['done', 'closed']);

-- facts
select case_id, goods_fen + freight_fen as most_fen, is_replaced
  from after_sale.cases where book = :book and public_id = :case;

-- told
-- Where the cases of some notices are.
select wanted.case_id as about_id, wanted.public_id, line.title, line.title_en
  from after_sale.cases as wanted
  join trade.order_lines as line
    on line.book = wanted.book and line.order_id = wanted.order_id
   and line.position = wanted.position
 where wanted.book = :book and wanted.case_id = any(:case_ids::bigint[]);
