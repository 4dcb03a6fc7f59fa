-- read
select refund_id, order_id, attempt_id, amount_fen, reason, cause_id, state, looks, debt_fen
  from money.refunds
 where book = :book and refund_id = any(:refund_ids::bigint[]);

-- read_paid
-- What was paid on orders, the earliest first, and what of it is still to be had.
select attempt.attempt_id, attempt.order_id, attempt.amount_fen,
       attempt.amount_fen - coalesce(gone.amount_fen, 0) as left_fen,
       coalesce(escrow.balance, 0) as escrow_fen, settled.order_id is not null as is_settled
  from money.attempts as attempt
  left join lateral (select sum(refund.amount_fen)::bigint as amount_fen
                       from money.refunds as refund
                      where refund.book = :book and refund.attempt_id = attempt.attempt_id
                        and refund.state <> 'closed') as gone on true
  left join ledger.accounts as escrow
    on escrow.book = :book and escrow.unit = 0 and escrow.kind = 'escrow'
       and escrow.holder = attempt.order_id
  left join money.settlements as settled
    on settled.book = :book and settled.order_id = attempt.order_id
 where attempt.book = :book and attempt.order_id = any(:order_ids::bigint[])
   and attempt.state = 'paid'
 order by attempt.order_id, attempt.attempt_id;

-- write
insert into money.refunds (book, refund_id, order_id, attempt_id, amount_fen, reason, cause_id,
                           debt_fen, asked_at, look_at)
select :book, refund_id, order_id, attempt_id, amount_fen, reason, cause_id, debt_fen,
       :now::timestamptz, :now::timestamptz + interval '1 minute'
  from unnest(:refund_ids::bigint[], :order_ids::bigint[], :attempt_ids::bigint[],
              :amounts::bigint[], :reasons::text[], :cause_ids::bigint[], :debts::bigint[])
    as asked (refund_id, order_id, attempt_id, amount_fen, reason, cause_id, debt_fen);

-- write_end
update money.refunds as refund
   set state = ended.state, ended_at = :now
  from unnest(:refund_ids::bigint[], :states::text[]) as ended (refund_id, state)
 where refund.book = :book and refund.refund_id = ended.refund_id;

-- write_look
update money.refunds as refund
   set looks = refund.looks + 1, look_at = :now::timestamptz + make_interval(secs => looked.pause)
  from unnest(:refund_ids::bigint[], :pauses::int[]) as looked (refund_id, pause)
 where refund.book = :book and refund.refund_id = looked.refund_id;

-- write_again
update money.refunds
   set state = 'asked', ended_at = null, looks = looks + 1,
       look_at = :now::timestamptz + interval '1 minute'
 where book = :book and refund_id = any(:refund_ids::bigint[]);
