-- A bill that was asked for, until its address is no good any more.
create table sandbox.bill_files (
    token    text primary key,
    mchid    text not null references sandbox.merchants,
    content  bytea not null,
    is_zip   boolean not null,
    until_at timestamptz not null
);

-- WeChat's fee of a payment: 0.60 percent, half a fen rounded up.
create function sandbox.fee_fen(total_fen bigint) returns bigint
    language sql immutable parallel safe
    return (total_fen * 60 + 5000) / 10000;

-- Refunds that arrived, with the part of the fee that came back: over all refunds of a payment as
-- much of the fee as of the price.
create view sandbox.refunds_with_fees with (security_invoker) as
select refund.refund_id, refund.mchid, refund.order_id, refund.out_refund_no, refund.refund_fen,
       refund.channel, refund.made_at, refund.ended_at,
       (sandbox.fee_fen(paid.total_fen) * done.fen / paid.total_fen)
     - (sandbox.fee_fen(paid.total_fen) * (done.fen - refund.refund_fen) / paid.total_fen)
           as fee_back_fen
  from sandbox.refunds as refund
  join sandbox.orders as paid on paid.order_id = refund.order_id
  join lateral (select sum(before.refund_fen)::bigint as fen
                  from sandbox.refunds as before
                 where before.order_id = refund.order_id and before.status = 'SUCCESS'
                   and (before.ended_at, before.refund_id)
                    <= (refund.ended_at, refund.refund_id)) as done on true
 where refund.status = 'SUCCESS';

-- All that ever came into an account of a merchant, or left it; amounts out are negative.
create view sandbox.fund_flows with (security_invoker) as
select paid.mchid, 'BASIC' as account, paid.paid_at as moved_at, paid.transaction_id as business_id,
       paid.transaction_id || '01' as flow_id, '交易' as name, '交易' as kind,
       paid.total_fen as moved_fen, 0::bigint as part_fen, paid.out_trade_no as voucher_no
  from sandbox.orders as paid where paid.paid_at is not null
union all
select paid.mchid, 'BASIC', paid.paid_at, paid.transaction_id, paid.transaction_id || '02', '交易',
       '扣除交易手续费', -sandbox.fee_fen(paid.total_fen), 0, paid.out_trade_no
  from sandbox.orders as paid
 where paid.paid_at is not null and sandbox.fee_fen(paid.total_fen) > 0
union all
select refund.mchid, 'BASIC', refund.ended_at, refund.refund_id, refund.refund_id || '01', '退款',
       '退款', refund.fee_back_fen - refund.refund_fen, refund.fee_back_fen, refund.out_refund_no
  from sandbox.refunds_with_fees as refund
union all
select sharing.mchid, 'BASIC', share.finished_at, sharing.order_id, share.detail_id || '01', '分账',
       '分账', -share.share_fen, 0, sharing.out_order_no
  from sandbox.shares as share
  join sandbox.sharings as sharing on sharing.order_id = share.order_id
 where share.result = 'SUCCESS'
union all
select share.account, 'BASIC', share.finished_at, sharing.order_id, share.detail_id || '02', '分账',
       '分账', share.share_fen, 0, sharing.out_order_no
  from sandbox.shares as share
  join sandbox.sharings as sharing on sharing.order_id = share.order_id
 where share.result = 'SUCCESS' and share.kind = 'MERCHANT_ID'
union all
select given.mchid, 'BASIC', given.finished_at, given.return_id, given.return_id || '01',
       '分账回退', '分账回退', given.return_fen, 0, given.out_return_no
  from sandbox.sharing_returns as given where given.result = 'SUCCESS'
union all
select given.return_mchid, 'BASIC', given.finished_at, given.return_id, given.return_id || '02',
       '分账回退', '分账回退', -given.return_fen, 0, given.out_return_no
  from sandbox.sharing_returns as given where given.result = 'SUCCESS'
union all
select merchant.mchid, 'OPERATION', merchant.registered_at, 'R' || merchant.mchid,
       'R' || merchant.mchid || '01', '充值', '充值', 100000000, 0, ''
  from sandbox.merchants as merchant
union all
select transfer.mchid, 'OPERATION', transfer.changed_at, transfer.transfer_bill_no,
       transfer.transfer_bill_no || '01', '商家转账', '商家转账', -transfer.transfer_fen, 0,
       transfer.out_bill_no
  from sandbox.transfers as transfer where transfer.state = 'SUCCESS';
