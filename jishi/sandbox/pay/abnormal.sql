-- redirect
-- Send an abnormal refund another way.
update sandbox.refunds
   set status = 'PROCESSING', channel = 'OTHER_BANKCARD', received_by = :received_by::text
 where refund_id = :refund_id::text and status = 'ABNORMAL'
returning refund_id, mchid, order_id, out_refund_no, refund_fen, status, channel, received_by,
          reason, funds_account, notify_url, asked, made_at, ended_at;
