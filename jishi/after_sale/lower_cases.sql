-- read
select owed.order_id, owed.case_id, owed.state, owed.refund_fen, money_left.left_fen
  from after_sale.cases_owed as owed
  join after_sale.money_left as money_left
    on money_left.book = :book and money_left.order_id = owed.order_id
 where owed.book = :book and owed.order_id = any(:order_ids::bigint[])
 order by owed.case_id;

-- write
update after_sale.cases as wanted
   set refund_fen = lowered.refund_fen
  from unnest(:case_ids::bigint[], :refunds::bigint[]) as lowered (case_id, refund_fen)
 where wanted.book = :book and wanted.case_id = lowered.case_id;
