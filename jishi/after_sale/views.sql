-- of_order
-- The cases of an order, newest first; a line has at most five attempts, so they are few.
select case_id, public_id as case, position, kind, quantity, state, opened_at
  from after_sale.cases
 where book = :of_book and order_id = :order_id
 order by case_id desc
 limit 250;

-- case
-- One case by its public id, if whoever looks may see it.
select wanted.book, wanted.case_id, wanted.public_id as case, shop.public_id as shop,
       shop.name as shop_name, shop.name_en as shop_name_en, placed.public_id as order,
       placed.order_number, line.title, line.title_en, wanted.kind, wanted.reason, wanted.story,
       wanted.quantity, wanted.refund_fen, wanted.state, wanted.opened_at, wanted.act_until,
       (select coalesce(json_agg(json_build_object(
                   'at', step.at, 'doer', step.doer, 'deed', step.deed, 'note', step.note)
                   order by step.number desc), '[]')
          from after_sale.steps as step
         where step.book = wanted.book and step.case_id = wanted.case_id) as steps,
       (select coalesce(json_agg(json_build_object(
                   'sender', parcel.sender, 'carrier', parcel.carrier,
                   'tracking_number', parcel.tracking_number) order by parcel.number), '[]')
          from after_sale.parcels as parcel
         where parcel.book = wanted.book and parcel.case_id = wanted.case_id) as parcels,
       (select coalesce(json_agg(json_build_object(
                   'number', photograph.number, 'sender', photograph.sender)
                   order by photograph.number), '[]')
          from after_sale.photographs as photograph
         where photograph.book = wanted.book
           and photograph.case_id = wanted.case_id) as photographs
  from goods.shops as shop
  join after_sale.cases as wanted on wanted.book = shop.book and wanted.public_id = :case
  join trade.orders as placed on placed.book = wanted.book and placed.order_id = wanted.order_id
  join trade.order_lines as line
    on line.book = wanted.book and line.order_id = wanted.order_id
   and line.position = wanted.position
 where shop.public_id = :shop;

-- photograph
-- A photograph of a case that whoever looks may see, in the size of a list or of a page.
select case when :is_small then photograph.small else photograph.whole end as bytes
  from after_sale.photographs as photograph
 where photograph.book = :of_book and photograph.case_id = :case_id
   and photograph.number = :number;

-- my_cases
-- A buyer's cases, newest first, a page at a time.
select wanted.case_id, wanted.public_id as case, shop.public_id as shop, placed.order_number,
       line.title, line.title_en, line.picture, wanted.kind, wanted.quantity, wanted.refund_fen,
       wanted.state, wanted.opened_at
  from after_sale.cases as wanted
  join goods.shops as shop on shop.book = wanted.book
  join trade.orders as placed on placed.book = wanted.book and placed.order_id = wanted.order_id
  join trade.order_lines as line
    on line.book = wanted.book and line.order_id = wanted.order_id
   and line.position = wanted.position
 where wanted.buyer_id = :buyer_id and wanted.case_id < :before
 order by wanted.case_id desc
 limit :cases_max::int;

-- my_open_cases
select count(*) as cases
  from after_sale.cases
 where buyer_id = :buyer_id and state <> all(array['done', 'closed']);

-- own_cases
-- All that is kept of a buyer's cases, newest first, a page at a time.
select wanted.case_id, placed.order_number, wanted.kind, wanted.reason, wanted.story,
       wanted.quantity, wanted.refund_fen, wanted.state, wanted.opened_at,
       (select coalesce(json_agg(json_build_object(
                   'at', step.at, 'doer', step.doer, 'deed', step.deed, 'note', step.note)
                   order by step.number), '[]')
          from after_sale.steps as step
         where step.book = wanted.book and step.case_id = wanted.case_id) as steps
  from after_sale.cases as wanted
  join trade.orders as placed on placed.book = wanted.book and placed.order_id = wanted.order_id
 where wanted.buyer_id = :buyer_id and wanted.case_id < :before
 order by wanted.case_id desc
 limit :cases_max::int;
