-- read
-- What was settled and no statement has, the earliest first.
select settled.order_id, settled.paid_fen, settled.refunded_fen, settled.fee_fen,
       settled.commission_fen, settled.net_fen, settled.settled_at
  from money.settlements as settled
 where settled.book = :book
   and not exists (select from money.statement_lines as stated
                    where stated.book = :book and stated.order_id = settled.order_id)
 order by settled.number
 limit :lines_max::int;

-- write
-- Statements, each with the earliest lines that no statement has yet: as many as were decided.
with cut as (
    select number, until, line_count, paid_fen, refunded_fen, fee_fen, commission_fen, net_fen,
           sum(line_count) over (order by number) as last_line
      from unnest(:numbers::bigint[], :days::date[], :counts::int[], :paid::bigint[],
                  :refunded::bigint[], :fees::bigint[], :commissions::bigint[], :nets::bigint[])
        as cut (number, until, line_count, paid_fen, refunded_fen, fee_fen, commission_fen,
                net_fen)
), stated as (
    insert into money.statements (book, number, until_on, line_count, paid_fen, refunded_fen,
                                  fee_fen, commission_fen, net_fen, cut_at)
    select :book, number, until, line_count, paid_fen, refunded_fen, fee_fen, commission_fen,
           net_fen, :now
      from cut
), unstated as (
    select settled.order_id, row_number() over (order by settled.number) as line
      from money.settlements as settled
     where settled.book = :book
       and not exists (select from money.statement_lines as before
                        where before.book = :book and before.order_id = settled.order_id)
)
insert into money.statement_lines (book, order_id, number)
select :book, unstated.order_id, cut.number
  from cut
  join unstated
    on unstated.line > cut.last_line - cut.line_count and unstated.line <= cut.last_line;
