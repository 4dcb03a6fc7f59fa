-- statements
-- A shop's statements, newest first, a page at a time.
select number, until_on as until, line_count, paid_fen, refunded_fen, fee_fen, commission_fen,
       net_fen, cut_at
  from money.statements
 where book = :book and number < :before
 order by number desc
 limit :statements_max::int;

-- lines
-- The lines of one statement by their orders, a page at a time.
select line.order_id, placed.order_number, settled.settled_at, settled.paid_fen,
       settled.refunded_fen, settled.fee_fen, settled.commission_fen, settled.net_fen
  from money.statement_lines as line
  join money.settlements as settled
    on settled.book = line.book and settled.order_id = line.order_id
  join trade.orders as placed on placed.book = line.book and placed.order_id = line.order_id
 where line.book = :book and line.number = :of_number and line.order_id > :after
 order by line.order_id
 limit :lines_max::int;
