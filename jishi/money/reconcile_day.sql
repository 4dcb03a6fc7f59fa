-- read_days
select billed_on as day from money.bill_days
 where book = :book and billed_on = any(:days::date[]);

-- read_open
-- The differences that nobody and nothing has explained yet.
select found.number, found.position, found.kind, found.out_number, found.ours_fen, found.theirs_fen
  from money.differences as found
 where found.book = :book
   and not exists (select from money.resolutions as ended
                    where ended.book = :book and ended.number = found.number
                      and ended.position = found.position)
 order by found.number, found.position;

-- read_payments
-- The payments that are named, and those taken on the days (China's) that no bill has had yet.
with due as (
    select attempt.attempt_id, asked.day, max(event.at) as taken_at
      from unnest(:days::date[]) as asked (day)
      join kernel.events as event
        on event.book = :book and event.at >= (asked.day::timestamp at time zone 'Asia/Shanghai')
           and event.at < ((asked.day + 1)::timestamp at time zone 'Asia/Shanghai')
      join ledger.transfers as came
        on came.book = :book and came.number = event.number and came.giver_kind = 'wechat'
           and came.taker_kind = 'escrow'
      join money.attempts as attempt
        on attempt.book = :book and attempt.order_id = came.taker and attempt.state = 'paid'
           and attempt.amount_fen = came.amount
     where not exists (select from money.bill_lines as line
                        where line.book = :book and line.subject_id = attempt.attempt_id
                          and line.kind = 'payment')
     group by attempt.attempt_id, asked.day
)
select 'payment' as kind, attempt.attempt_id as subject_id, '' as out_number,
       attempt.amount_fen,
       attempt.state = 'paid' as is_done,
       coalesce(rate.wechat_bps, :default_bps::int) as wechat_bps, due.day, due.taken_at
  from money.attempts as attempt
  left join due on due.attempt_id = attempt.attempt_id
  left join lateral (select known.wechat_bps from money.rates as known
                      where known.book = :book and known.set_at <= attempt.started_at
                      order by known.number desc limit 1) as rate on true
 where attempt.book = :book
   and (attempt.attempt_id = any(:attempt_ids::bigint[])
        or attempt.attempt_id in (select taken.attempt_id from due as taken))
 order by attempt.attempt_id;

-- read_refunds
-- The refunds that are named, and those that ended well on the days that no bill has had yet.
-- What was made in WeChat's own console came from a bill, and has the number that it has there.
select 'refund' as kind, refund.refund_id as subject_id,
       coalesce(elsewhere.out_refund_no, '') as out_number, refund.amount_fen,
       refund.state = 'succeeded' as is_done, 0 as wechat_bps, asked.day,
       case when asked.day is not null then refund.ended_at end as taken_at
  from money.refunds as refund
  left join money.external_refunds as elsewhere
    on elsewhere.book = :book and elsewhere.refund_id = refund.refund_id
  left join unnest(:days::date[]) as asked (day)
    on refund.state = 'succeeded' and refund.reason <> 'external'
       and refund.ended_at >= (asked.day::timestamp at time zone 'Asia/Shanghai')
       and refund.ended_at < ((asked.day + 1)::timestamp at time zone 'Asia/Shanghai')
       and not exists (select from money.bill_lines as line
                        where line.book = :book and line.subject_id = refund.refund_id
                          and line.kind = 'refund')
 where refund.book = :book
   and (asked.day is not null or refund.refund_id = any(:refund_ids::bigint[])
        or refund.refund_id in (select known.refund_id from money.external_refunds as known
                                 where known.book = :book
                                   and known.out_refund_no = any(:out_numbers::text[])))
 order by refund.refund_id;

-- write_bill
with day as (
    insert into money.bill_days (book, billed_on, number, line_count, paid_fen, refunded_fen,
                                 fee_fen, flow_count, read_at)
    select :book, day, number, line_count, paid_fen, refunded_fen, fee_fen, flow_count, :now
      from unnest(:days::date[], :numbers::bigint[], :counts::int[], :paid::bigint[],
                  :refunded::bigint[], :fees::bigint[], :flows::int[])
        as day (day, number, line_count, paid_fen, refunded_fen, fee_fen, flow_count)
)
insert into money.bill_lines (book, billed_on, position, kind, subject_id, out_number,
                              transaction_id, amount_fen, fee_fen, state, traded_at,
                              out_trade_no, wechat_refund_id)
select :book, day, position, kind, subject_id, out_number, transaction_id, amount_fen, fee_fen,
       state, traded_at, out_trade_no, wechat_refund_id
  from unnest(:of_days::date[], :positions::int[], :kinds::text[], :subject_ids::bigint[],
              :out_numbers::text[], :transaction_ids::text[], :amounts::bigint[],
              :line_fees::bigint[], :states::text[], :moments::timestamptz[],
              :out_trade_nos::text[], :wechat_refund_ids::text[])
    as line (day, position, kind, subject_id, out_number, transaction_id, amount_fen, fee_fen,
             state, traded_at, out_trade_no, wechat_refund_id);

-- write_found
insert into money.differences (book, number, position, billed_on, kind, out_number,
                               transaction_id, ours_fen, theirs_fen, found_at)
select :book, number, position, day, kind, out_number, transaction_id, ours_fen, theirs_fen, :now
  from unnest(:numbers::bigint[], :positions::int[], :days::date[], :kinds::text[],
              :out_numbers::text[], :transaction_ids::text[], :ours::bigint[], :theirs::bigint[])
    as found (number, position, day, kind, out_number, transaction_id, ours_fen, theirs_fen);

-- write_closed
insert into money.resolutions (book, number, position, ended_by, how, note, actor_id, ended_at)
select :book, number, position, ended_by, how, '', 0, :now
  from unnest(:numbers::bigint[], :positions::int[], :ends::bigint[], :hows::text[])
    as ended (number, position, ended_by, how);
