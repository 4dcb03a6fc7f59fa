-- statements
-- A shop's statements, newest first, a page at a time.
select number, until_on as until, line_count, paid_fen, refunded_fen, fee_fen, commission_fen,
       net_fen, reversed_fen, carried_fen, netted_fen, cut_at
  from money.statements
 where book = :book and number < :before
 order by number desc
 limit :statements_max::int;

-- lines
-- The lines of one statement by their orders, then what went back late, a page at a time.
with stated as (
    select line.order_id, 0::bigint as refund_id, settled.settled_at, settled.paid_fen,
           settled.refunded_fen, settled.fee_fen, settled.commission_fen, settled.net_fen
      from money.statement_lines as line
      join money.settlements as settled
        on settled.book = line.book and settled.order_id = line.order_id
     where line.book = :book and line.number = :of_number
     union all
    select undone.order_id, undone.refund_id, undone.reversed_at, 0, undone.amount_fen,
           -undone.fee_fen, -undone.commission_fen, -undone.net_fen
      from money.statement_reversals as line
      join money.reversals as undone
        on undone.book = line.book and undone.refund_id = line.refund_id
     where line.book = :book and line.number = :of_number
)
select stated.order_id, stated.refund_id, placed.order_number, stated.settled_at, stated.paid_fen,
       stated.refunded_fen, stated.fee_fen, stated.commission_fen, stated.net_fen
  from stated
  join trade.orders as placed on placed.book = :book and placed.order_id = stated.order_id
 where (stated.order_id, stated.refund_id) > (:after, :after_refund)
 order by stated.order_id, stated.refund_id
 limit :lines_max::int;
