-- read_payments
-- What was paid on the orders, the earliest first, at the rates that held when it was started.
select attempt.order_id, attempt.amount_fen,
       coalesce(rate.wechat_bps, :default_bps::int) as wechat_bps,
       coalesce(rate.commission_bps, 0) as commission_bps
  from money.attempts as attempt
  left join lateral (select known.wechat_bps, known.commission_bps from money.rates as known
                      where known.book = :book and known.set_at <= attempt.started_at
                      order by known.number desc limit 1) as rate on true
 where attempt.book = :book and attempt.order_id = any(:order_ids::bigint[])
   and attempt.state = 'paid'
 order by attempt.order_id, attempt.started_at, attempt.attempt_id;

-- read_held
select asked.order_id, coalesce(escrow.balance, 0) as escrow_fen,
       coalesce(refunding.balance, 0) as refunding_fen,
       settlement.order_id is not null as is_settled
  from unnest(:order_ids::bigint[]) as asked (order_id)
  left join ledger.accounts as escrow
    on escrow.book = :book and escrow.unit = 0 and escrow.kind = 'escrow'
       and escrow.holder = asked.order_id
  left join ledger.accounts as refunding
    on refunding.book = :book and refunding.unit = 0 and refunding.kind = 'refunding'
       and refunding.holder = asked.order_id
  left join money.settlements as settlement
    on settlement.book = :book and settlement.order_id = asked.order_id;

-- write
insert into money.settlements (book, order_id, number, paid_fen, refunded_fen, fee_fen,
                               commission_fen, net_fen, settled_at)
select :book, order_id, number, paid_fen, refunded_fen, fee_fen, commission_fen, net_fen, :now
  from unnest(:order_ids::bigint[], :numbers::bigint[], :paid::bigint[], :refunded::bigint[],
              :fees::bigint[], :commissions::bigint[], :nets::bigint[])
    as settled (order_id, number, paid_fen, refunded_fen, fee_fen, commission_fen, net_fen);
