-- write
update after_sale.cases as wanted
   set kind = changed.kind, reason = changed.reason, story = changed.story,
       refund_fen = changed.refund_fen, attempts = wanted.attempts + 1
  from unnest(:case_ids::bigint[], :kinds::text[], :reasons::text[], :stories::text[],
              :refunds::bigint[]) as changed (case_id, kind, reason, story, refund_fen)
 where wanted.book = :book and wanted.case_id = changed.case_id;
