-- write
update after_sale.cases as wanted
   set refund_fen = judged.refund_fen
  from unnest(:case_ids::bigint[], :refunds::bigint[]) as judged (case_id, refund_fen)
 where wanted.book = :book and wanted.case_id = judged.case_id;
