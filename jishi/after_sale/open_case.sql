-- read_orders
select placed.order_id, placed.buyer_id, placed.state, placed.freight_fen,
       greatest(money_left.left_fen - owed.fen, 0) as left_fen
  from trade.orders as placed
  join after_sale.money_left as money_left
    on money_left.book = :book and money_left.order_id = placed.order_id
  join lateral (select coalesce(sum(other.refund_fen), 0)::bigint as fen
                  from after_sale.cases_owed as other
                 where other.book = :book and other.order_id = placed.order_id) as owed on true
 where placed.book = :book and placed.order_id = any(:order_ids::bigint[]);

-- read_lines
select line.order_id, line.position, line.quantity, line.paid_fen,
       (select coalesce(sum(packed.quantity), 0)::bigint from fulfilment.parcel_lines as packed
         where packed.book = :book and packed.order_id = line.order_id
           and packed.position = line.position) as sent
  from trade.order_lines as line
 where line.book = :book and line.order_id = any(:order_ids::bigint[])
 order by line.order_id, line.position;

-- read_cases
select order_id, position, quantity, goods_fen, freight_fen, attempts,
       state <> 'closed' and not (is_replaced and state = 'done') as is_claiming
  from after_sale.cases
 where book = :book and order_id = any(:order_ids::bigint[])
 order by case_id;

-- read_taken
select case_id, public_id
  from after_sale.cases
 where book = :book
   and (case_id = any(:case_ids::bigint[]) or public_id = any(:public_ids::text[]));

-- write
insert into after_sale.cases (book, case_id, public_id, order_id, position, buyer_id, kind, reason,
                              story, quantity, goods_fen, freight_fen, refund_fen, is_shipped,
                              opened_at)
select :book, case_id, public_id, order_id, position, buyer_id, kind, reason, story, quantity,
       goods_fen, freight_fen, refund_fen, is_shipped, :now
  from unnest(:case_ids::bigint[], :public_ids::text[], :order_ids::bigint[],
              :positions::integer[], :buyer_ids::bigint[], :kinds::text[], :reasons::text[],
              :stories::text[], :quantities::integer[], :goods::bigint[], :freights::bigint[],
              :refunds::bigint[], :shipped::boolean[])
    as opened (case_id, public_id, order_id, position, buyer_id, kind, reason, story, quantity,
               goods_fen, freight_fen, refund_fen, is_shipped);
