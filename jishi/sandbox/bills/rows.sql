-- payments_on
-- What a merchant was paid on a day.
select coalesce(paid.paid_at, paid.made_at) as traded_at,
       coalesce(paid.paid_at, paid.made_at) as paid_at, null::timestamptz as asked_at,
       paid.appid, paid.mchid, paid.device_id,
       coalesce(paid.transaction_id, '') as transaction_id,
       paid.out_trade_no, paid.payer_openid as openid, paid.trade_type, paid.bank_type,
       paid.description, paid.attach, paid.total_fen, sandbox.fee_fen(paid.total_fen) as fee_fen,
       '0' as refund_id, '0' as out_refund_no, 0::bigint as refund_fen, '' as channel
  from sandbox.orders as paid
 where paid.mchid = :mchid::text
   and paid.paid_at >= :first_at::timestamptz and paid.paid_at < :before_at::timestamptz
 order by paid.paid_at, paid.transaction_id;

-- refunds_on
-- What arrived back at payers on a day.
select coalesce(refund.ended_at, refund.made_at) as traded_at,
       coalesce(paid.paid_at, paid.made_at) as paid_at, refund.made_at as asked_at,
       paid.appid, paid.mchid, paid.device_id, coalesce(paid.transaction_id, '') as transaction_id,
       paid.out_trade_no, paid.payer_openid as openid, paid.trade_type, paid.bank_type,
       paid.description, paid.attach, 0::bigint as total_fen, -refund.fee_back_fen as fee_fen,
       refund.refund_id, refund.out_refund_no, refund.refund_fen, refund.channel
  from sandbox.refunds_with_fees as refund
  join sandbox.orders as paid on paid.order_id = refund.order_id
 where refund.mchid = :mchid::text
   and refund.ended_at >= :first_at::timestamptz and refund.ended_at < :before_at::timestamptz
 order by refund.ended_at, refund.refund_id;

-- flows_on
-- What came into an account of a merchant or left it on a day, with the balance after each.
select flow.moved_at, flow.mchid, flow.business_id, flow.flow_id, flow.name, flow.kind,
       flow.moved_fen, flow.part_fen, flow.voucher_no, flow.balance_fen
  from (select every_one.*,
               sum(every_one.moved_fen)
                   over (order by every_one.moved_at, every_one.flow_id)::bigint as balance_fen
          from sandbox.fund_flows as every_one
         where every_one.mchid = :mchid::text and every_one.account = :account::text
           and every_one.moved_at < :before_at::timestamptz) as flow
 where flow.moved_at >= :first_at::timestamptz
 order by flow.moved_at, flow.flow_id;

-- parts_on
-- What a merchant shared, and what came back, on a day.
select done.shared_at, done.mchid, done.transaction_id, done.number, done.detail_id,
       done.out_number, done.total_fen, done.receiver, done.share_fen, done.kind, done.state,
       done.description, done.remark
  from (select share.finished_at as shared_at, sharing.mchid, sharing.transaction_id,
               sharing.order_id as number, share.detail_id, sharing.out_order_no as out_number,
               paid.total_fen, share.account as receiver, share.share_fen, '分账' as kind,
               case share.result when 'SUCCESS' then '成功' else '失败' end as state,
               share.description, share.fail_reason as remark
          from sandbox.shares as share
          join sandbox.sharings as sharing on sharing.order_id = share.order_id
          join sandbox.orders as paid on paid.transaction_id = sharing.transaction_id
         where sharing.mchid = :mchid::text and share.finished_at is not null
         union all
        select given.finished_at, given.mchid, sharing.transaction_id, given.return_id,
               given.detail_id, given.out_return_no, paid.total_fen, given.return_mchid,
               given.return_fen, '分账回退', '成功', given.description, ''
          from sandbox.sharing_returns as given
          join sandbox.sharings as sharing on sharing.order_id = given.order_id
          join sandbox.orders as paid on paid.transaction_id = sharing.transaction_id
         where given.mchid = :mchid::text and given.result = 'SUCCESS') as done
 where done.shared_at >= :first_at::timestamptz and done.shared_at < :before_at::timestamptz
 order by done.shared_at, done.number, done.detail_id;
