-- holdings
-- What the book holds of money by where it stands, and how many differences nobody explained.
select coalesce(sum(account.balance) filter (where account.kind = 'escrow'), 0)::bigint
           as escrow_fen,
       coalesce(sum(account.balance) filter (where account.kind = 'refunding'), 0)::bigint
           as refunding_fen,
       coalesce(sum(account.balance) filter (where account.kind = 'payable'), 0)::bigint
           as payable_fen,
       (select coalesce(sum(undone.net_fen), 0) from money.reversals as undone
         where undone.book = :book
           and not exists (select from money.statement_reversals as stated
                            where stated.book = :book and stated.refund_id = undone.refund_id)
       )::bigint
       + coalesce((select cut.carried_fen + cut.reversed_fen - cut.netted_fen
                     from money.statements as cut
                    where cut.book = :book order by cut.number desc limit 1), 0) as owing_fen,
       (select count(*)
          from money.differences as found
         where found.book = :book
           and not exists (select from money.resolutions as ended
                            where ended.book = :book and ended.number = found.number
                              and ended.position = found.position)) as open_differences
  from ledger.accounts as account
 where account.book = :book and account.unit = 0 and account.balance > 0
   and account.kind in ('escrow', 'refunding', 'payable');

-- days
-- The days that were compared, newest first, each with what nobody explained of it.
select day.billed_on as day, day.line_count, day.paid_fen, day.refunded_fen, day.fee_fen,
       day.flow_count,
       (select count(*)
          from money.differences as found
         where found.book = :book and found.billed_on = day.billed_on
           and not exists (select from money.resolutions as ended
                            where ended.book = :book and ended.number = found.number
                              and ended.position = found.position)) as open_differences
  from money.bill_days as day
 where day.book = :book and day.billed_on < :before::date
 order by day.billed_on desc
 limit :days_max::int;

-- day_compared
select day.billed_on as day, day.line_count, day.paid_fen, day.refunded_fen, day.fee_fen,
       day.flow_count,
       (select count(*)
          from money.differences as found
         where found.book = :book and found.billed_on = day.billed_on
           and not exists (select from money.resolutions as ended
                            where ended.book = :book and ended.number = found.number
                              and ended.position = found.position)) as open_differences
  from money.bill_days as day
 where day.book = :book and day.billed_on = :day::date;

-- movements
-- What came and went on a day of China's, by kind of account; all of it sums to zero.
with moved as (
    select transfer.*
      from kernel.events as event
      join ledger.transfers as transfer
        on transfer.book = :book and transfer.number = event.number and transfer.unit = 0
     where event.book = :book
       and event.at >= (:day::date::timestamp at time zone 'Asia/Shanghai')
       and event.at < ((:day::date + 1)::timestamp at time zone 'Asia/Shanghai')
)
select ended.kind, sum(ended.came)::bigint as came_fen, sum(ended.went)::bigint as went_fen
  from (select taker_kind as kind, amount as came, 0 as went from moved
         union all
        select giver_kind, 0, amount from moved) as ended
 group by ended.kind
 order by ended.kind;

-- open_differences
-- What nobody has explained, the oldest first: it is worked off from there.
select found.number, found.position, found.billed_on as day, found.kind, found.out_number,
       found.transaction_id, found.ours_fen, found.theirs_fen, coalesce(first.note, '') as note,
       coalesce(first.actor_id, 0) as actor_id, coalesce(answer.state, '') as said_state,
       answer.amount_fen as said_fen
  from money.differences as found
  left join money.answers as answer
    on answer.book = :book and answer.number = found.number and answer.position = found.position
  left join money.explanations as first
    on first.book = :book and first.number = found.number and first.position = found.position
       and not first.is_last
 where found.book = :book and (found.number, found.position) > (:number, :position::int)
   and not exists (select from money.resolutions as ended
                    where ended.book = :book and ended.number = found.number
                      and ended.position = found.position)
 order by found.number, found.position
 limit :differences_max::int;

-- difference_known
select found.number
  from money.differences as found
 where found.book = :book and found.number = :number and found.position = :position::int;

-- ended_differences
-- How differences ended, the newest first.
select found.number, found.position, found.billed_on as day, found.kind, found.out_number,
       found.transaction_id, found.ours_fen, found.theirs_fen, ended.note, ended.actor_id,
       coalesce(answer.state, '') as said_state, answer.amount_fen as said_fen, ended.how,
       ended.ended_at
  from money.differences as found
  left join money.answers as answer
    on answer.book = :book and answer.number = found.number and answer.position = found.position
  join money.resolutions as ended
    on ended.book = :book and ended.number = found.number and ended.position = found.position
 where found.book = :book and (found.number, found.position) < (:number, :position::int)
 order by found.number desc, found.position desc
 limit :differences_max::int;
