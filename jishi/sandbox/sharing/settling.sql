-- settle_shares
-- Give each part its result. One fails whose receiver was deleted meanwhile, or would get more than
-- a person may in a month (Beijing's); where one part shall fail, it is the last.
update sandbox.shares as share
   set result = case when judged.fail_reason = '' then 'SUCCESS' else 'CLOSED' end,
       fail_reason = judged.fail_reason,
       finished_at = :now::timestamptz
  from (select part.detail_id,
               case when :is_partial::boolean
                         and row_number() over (order by part.detail_id desc) = 1
                    then 'RECEIVER_REAL_NAME_NOT_VERIFIED'
                    when known.account is null
                    then 'NO_RELATION'
                    when part.kind = 'PERSONAL_OPENID'
                         and sum(part.share_fen) over (
                                 partition by part.kind, part.account order by part.detail_id)
                           + coalesce((select sum(before.share_fen)
                                         from sandbox.shares as before
                                        where before.kind = part.kind
                                          and before.account = part.account
                                          and before.result = 'SUCCESS'
                                          and before.finished_at >= date_trunc(
                                                  'month', :now::timestamptz, 'Asia/Shanghai')), 0)
                           > :month_fen_max::bigint
                    then 'RECEIVER_RECEIPT_LIMIT'
                    else '' end as fail_reason
          from sandbox.shares as part
          join sandbox.sharings as whole on whole.order_id = part.order_id
          left join sandbox.sharing_receivers as known
            on known.mchid = whole.mchid and known.kind = part.kind
           and known.account = part.account
         where part.order_id = :order_id::text and part.result = 'PENDING') as judged
  join sandbox.sharings as sharing on sharing.order_id = :order_id::text
  join sandbox.orders as paid on paid.transaction_id = sharing.transaction_id
 where share.detail_id = judged.detail_id
returning share.detail_id, share.order_id, sharing.mchid, sharing.transaction_id,
          sharing.out_order_no, share.kind, share.account, share.share_fen, share.description,
          share.result, paid.notify_url;

-- finish_sharing
-- Say that each part has its result.
update sandbox.sharings set finished_at = :now::timestamptz where order_id = :order_id::text;

-- settle_return
-- Give a return its result: it fails when its giver's account has less in it.
update sandbox.sharing_returns as given
   set result = case when giver.balance_fen < given.return_fen then 'FAILED' else 'SUCCESS' end,
       fail_reason = case when giver.balance_fen < given.return_fen then 'BALANCE_NOT_ENOUGH'
                          else '' end,
       finished_at = :now::timestamptz
  from (select coalesce(sum(flow.moved_fen), 0)::bigint as balance_fen
          from sandbox.fund_flows as flow
         where flow.account = 'BASIC'
           and flow.mchid = (select asked.return_mchid from sandbox.sharing_returns as asked
                              where asked.return_id = :return_id::text)) as giver
 cross join sandbox.sharings as sharing
  join sandbox.orders as paid on paid.transaction_id = sharing.transaction_id
 where given.return_id = :return_id::text and given.result = 'PROCESSING'
   and sharing.order_id = given.order_id
returning given.return_id, given.mchid, sharing.transaction_id, given.out_return_no,
          given.return_mchid, given.return_fen, given.description, given.result,
          :now::timestamptz as finished_at, paid.notify_url;
