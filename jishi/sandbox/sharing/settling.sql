-- settle_shares
-- Give each part its result; where a part fails, it is the last one.
update sandbox.shares as share
   set result = case when ranked.is_failing then 'CLOSED' else 'SUCCESS' end,
       fail_reason = case when ranked.is_failing then 'RECEIVER_REAL_NAME_NOT_VERIFIED' else '' end,
       finished_at = :now::timestamptz
  from (select part.detail_id,
               :is_partial::boolean
               and row_number() over (order by part.detail_id desc) = 1 as is_failing
          from sandbox.shares as part
         where part.order_id = :order_id::text and part.result = 'PENDING') as ranked
  join sandbox.sharings as sharing on sharing.order_id = :order_id::text
  join sandbox.orders as paid on paid.transaction_id = sharing.transaction_id
 where share.detail_id = ranked.detail_id
returning share.detail_id, share.order_id, sharing.mchid, sharing.transaction_id,
          sharing.out_order_no, share.kind, share.account, share.share_fen, share.description,
          share.result, paid.notify_url;

-- finish_sharing
-- Say that each part has its result.
update sandbox.sharings set finished_at = :now::timestamptz where order_id = :order_id::text;

-- settle_return
-- Give a return its result.
update sandbox.sharing_returns as given
   set result = 'SUCCESS', finished_at = :now::timestamptz
  from sandbox.sharings as sharing
  join sandbox.orders as paid on paid.transaction_id = sharing.transaction_id
 where given.return_id = :return_id::text and given.result = 'PROCESSING'
   and sharing.order_id = given.order_id
returning given.return_id, given.mchid, sharing.transaction_id, given.out_return_no,
          given.return_mchid, given.return_fen, given.description, :now::timestamptz as finished_at,
          paid.notify_url;
