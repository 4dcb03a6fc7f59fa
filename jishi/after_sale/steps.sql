-- read_cases
select wanted.case_id, wanted.order_id, wanted.position, line.sku_id, line.store_id,
       wanted.buyer_id, wanted.kind, wanted.reason, wanted.quantity, wanted.goods_fen,
       wanted.freight_fen, wanted.refund_fen, wanted.is_shipped, wanted.is_replaced, wanted.state,
       wanted.act_until, line_cases.asked,
       greatest(money_left.left_fen - others.owed_fen, 0) as left_fen
  from after_sale.cases as wanted
  join trade.order_lines as line
    on line.book = :book and line.order_id = wanted.order_id and line.position = wanted.position
  join lateral (select coalesce(sum(other.attempts), 0)::bigint as asked
                  from after_sale.cases as other
                 where other.book = :book and other.order_id = wanted.order_id
                   and other.position = wanted.position) as line_cases on true
  join after_sale.money_left as money_left
    on money_left.book = :book and money_left.order_id = wanted.order_id
  join lateral (select coalesce(sum(other.refund_fen), 0)::bigint as owed_fen
                  from after_sale.cases_owed as other
                 where other.book = :book and other.order_id = wanted.order_id
                   and other.case_id <> wanted.case_id) as others on true
 where wanted.book = :book and wanted.case_id = any(:case_ids::bigint[]);

-- write
-- The cases stand where they were led; each step is kept.
with stepped as (
    insert into after_sale.steps (book, case_id, number, state, at, doer, actor_id, deed, note)
    select :book, case_id, number, state, :now, doer, actor_id, deed, note
      from unnest(:numbers::bigint[], :case_ids::bigint[], :states::text[], :doers::text[],
                  :actor_ids::bigint[], :deeds::text[], :notes::text[])
        as stepped (number, case_id, state, doer, actor_id, deed, note)
)
update after_sale.cases as wanted
   set state = moved.state, act_until = moved.act_until
  from (select distinct on (case_id) case_id, state, act_until
          from unnest(:numbers::bigint[], :case_ids::bigint[], :states::text[],
                      :untils::timestamptz[]) as moved (number, case_id, state, act_until)
         order by case_id, number desc) as moved
 where wanted.book = :book and wanted.case_id = moved.case_id;

-- read_withheld
-- Which of these cases are about what was not sent, and whether they still wait for an answer.
select case_id, order_id,
       state not in ('refunding', 'refund_stuck', 'done', 'closed') as is_open
  from after_sale.cases
 where book = :book and case_id = any(:case_ids::bigint[]) and not is_shipped
 order by case_id;

-- write_parcels
insert into after_sale.parcels (book, case_id, number, sender, carrier, tracking_number)
select :book, case_id, number, sender, carrier, tracking_number
  from unnest(:numbers::bigint[], :case_ids::bigint[], :senders::text[], :carriers::text[],
              :tracking_numbers::text[])
    as sent (number, case_id, sender, carrier, tracking_number);
