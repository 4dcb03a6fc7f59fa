-- made_elsewhere
-- What was given back of an order in WeChat's own console, the first first.
select refund.amount_fen, elsewhere.refunded_at
  from money.refunds as refund
  join money.external_refunds as elsewhere
    on elsewhere.book = refund.book and elsewhere.refund_id = refund.refund_id
 where refund.book = :of_book and refund.order_id = :order_id and refund.reason = 'external'
 order by elsewhere.refunded_at, refund.refund_id;
