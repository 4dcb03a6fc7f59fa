-- read
select settled.order_id, settled.fee_fen, settled.commission_fen, settled.net_fen,
       coalesce(sum(undone.amount_fen), 0)::bigint as back_fen,
       coalesce(sum(undone.fee_fen), 0)::bigint as fee_back_fen,
       coalesce(sum(undone.commission_fen), 0)::bigint as commission_back_fen
  from money.settlements as settled
  left join money.reversals as undone
    on undone.book = :book and undone.order_id = settled.order_id
 where settled.book = :book and settled.order_id = any(:order_ids::bigint[])
 group by settled.order_id, settled.fee_fen, settled.commission_fen, settled.net_fen;

-- write
insert into money.reversals (book, refund_id, order_id, number, amount_fen, fee_fen,
                             commission_fen, net_fen, reversed_at)
select :book, refund_id, order_id, number, amount_fen, fee_fen, commission_fen, net_fen, :now
  from unnest(:numbers::bigint[], :order_ids::bigint[], :refund_ids::bigint[],
              :amounts::bigint[], :fees::bigint[], :commissions::bigint[], :nets::bigint[])
    as undone (number, order_id, refund_id, amount_fen, fee_fen, commission_fen, net_fen);
