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

-- read_reversed
-- What went back after settlement and no statement has, the earliest first.
select undone.net_fen, undone.reversed_at
  from money.reversals as undone
 where undone.book = :book
   and not exists (select from money.statement_reversals as stated
                    where stated.book = :book and stated.refund_id = undone.refund_id)
 order by undone.number
 limit :lines_max::int;

-- read_owing
select carried_fen + reversed_fen - netted_fen as owing_fen
  from money.statements
 where book = :book
 order by number desc
 limit 1;

-- write
-- Statements, each with the earliest lines that no statement has yet: as many as were decided.
with cut as (
    select number, until, line_count, paid_fen, refunded_fen, fee_fen, commission_fen, net_fen,
           reversal_count, reversed_fen, carried_fen, netted_fen,
           sum(line_count) over (order by number) as last_line,
           sum(reversal_count) over (order by number) as last_reversal
      from unnest(:numbers::bigint[], :days::date[], :counts::int[], :paid::bigint[],
                  :refunded::bigint[], :fees::bigint[], :commissions::bigint[], :nets::bigint[],
                  :reversal_counts::int[], :reverseds::bigint[], :carrieds::bigint[],
                  :netteds::bigint[])
        as cut (number, until, line_count, paid_fen, refunded_fen, fee_fen, commission_fen,
                net_fen, reversal_count, reversed_fen, carried_fen, netted_fen)
), stated as (
    insert into money.statements (book, number, until_on, line_count, paid_fen, refunded_fen,
                                  fee_fen, commission_fen, net_fen, cut_at, reversal_count,
                                  reversed_fen, carried_fen, netted_fen)
    select :book, number, until, line_count, paid_fen, refunded_fen, fee_fen, commission_fen,
           net_fen, :now, reversal_count, reversed_fen, carried_fen, netted_fen
      from cut
), owed as (
    select undone.refund_id, row_number() over (order by undone.number) as line
      from money.reversals as undone
     where undone.book = :book
       and not exists (select from money.statement_reversals as before
                        where before.book = :book and before.refund_id = undone.refund_id)
), reversed as (
    insert into money.statement_reversals (book, refund_id, number)
    select :book, owed.refund_id, cut.number
      from cut
      join owed
        on owed.line > cut.last_reversal - cut.reversal_count and owed.line <= cut.last_reversal
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
