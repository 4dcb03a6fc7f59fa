-- order_to_refund
-- A paid order by either of its numbers, locked: its refunds are reckoned one after another.
select order_id, mchid, appid, combined_id, place, out_trade_no, prepay_id, trade_type, description,
       attach, total_fen, openid, notify_url, device_id, bank_type, is_sharing, asked, made_at,
       usable_until, expires_at, closed_at, tried, tried_at, transaction_id, person_id,
       payer_openid, paid_at, refunds, refunded_fen
  from sandbox.orders
 where mchid = :mchid::text and paid_at is not null
   and order_id = coalesce(
           (select named.order_id from sandbox.orders as named
             where named.transaction_id = :transaction_id::text),
           (select numbered.order_id from sandbox.orders as numbered
             where :transaction_id::text is null and numbered.mchid = :mchid::text
               and numbered.out_trade_no = :out_trade_no::text))
   for no key update;

-- order_by_id
-- An order.
select order_id, mchid, appid, combined_id, place, out_trade_no, prepay_id, trade_type, description,
       attach, total_fen, openid, notify_url, device_id, bank_type, is_sharing, asked, made_at,
       usable_until, expires_at, closed_at, tried, tried_at, transaction_id, person_id,
       payer_openid, paid_at, refunds, refunded_fen
  from sandbox.orders
 where order_id = :order_id::bigint;

-- refund_by_number
-- A refund by its merchant's number.
select refund_id, mchid, order_id, out_refund_no, refund_fen, status, channel, received_by, reason,
       funds_account, notify_url, asked, made_at, ended_at
  from sandbox.refunds
 where mchid = :mchid::text and out_refund_no = :out_refund_no::text;

-- refund_by_id
-- A refund of this merchant by WeChat's number, locked.
select refund_id, mchid, order_id, out_refund_no, refund_fen, status, channel, received_by, reason,
       funds_account, notify_url, asked, made_at, ended_at
  from sandbox.refunds
 where refund_id = :refund_id::text and mchid = :mchid::text
   for no key update;

-- add_refund
-- Begin a refund, unless its number is taken, and reckon it against its order.
with made as (
    insert into sandbox.refunds
           (refund_id, mchid, order_id, out_refund_no, refund_fen, received_by, reason,
            funds_account, notify_url, asked, made_at)
    values (:refund_id::text, :mchid::text, :order_id::bigint, :out_refund_no::text,
            :refund_fen::bigint, :received_by::text, :reason::text, :funds_account::text,
            :notify_url::text, :asked::text, :now)
        on conflict (mchid, out_refund_no) do nothing
    returning refund_id, mchid, order_id, out_refund_no, refund_fen, status, channel, received_by,
              reason, funds_account, notify_url, asked, made_at, ended_at
), reckoned as (
    update sandbox.orders as bill
       set refunds = bill.refunds + 1, refunded_fen = bill.refunded_fen + made.refund_fen
      from made
     where bill.order_id = made.order_id
    returning bill.order_id
)
select made.refund_id, made.mchid, made.order_id, made.out_refund_no, made.refund_fen, made.status,
       made.channel, made.received_by, made.reason, made.funds_account, made.notify_url,
       made.asked, made.made_at, made.ended_at
  from made, reckoned;

-- end_refund
-- End a refund that is under way. Back in the purse is what came from a balance or a card of the
-- payer's; a closed one is no longer reckoned against its order.
with ended as (
    update sandbox.refunds as refund
       set status = :status::text,
           ended_at = case when :status::text = 'ABNORMAL' then null else :now::timestamptz end
     where refund.refund_id = :refund_id::text and refund.status = 'PROCESSING'
    returning refund.refund_id, refund.mchid, refund.order_id, refund.out_refund_no,
              refund.refund_fen, refund.status, refund.channel, refund.received_by, refund.reason,
              refund.funds_account, refund.notify_url, refund.asked, refund.made_at,
              refund.ended_at
), reckoned as (
    update sandbox.orders as bill
       set refunded_fen = bill.refunded_fen - ended.refund_fen
      from ended
     where bill.order_id = ended.order_id and ended.status = 'CLOSED'
    returning bill.order_id
), given_back as (
    update sandbox.people as payer
       set balance_fen = payer.balance_fen + ended.refund_fen
      from ended, sandbox.orders as bill
     where bill.order_id = ended.order_id and payer.person_id = bill.person_id
       and ended.status = 'SUCCESS' and ended.channel = 'ORIGINAL'
    returning payer.person_id
)
select ended.refund_id, ended.mchid, ended.order_id, ended.out_refund_no, ended.refund_fen,
       ended.status, ended.channel, ended.received_by, ended.reason, ended.funds_account,
       ended.notify_url, ended.asked, ended.made_at, ended.ended_at
  from ended;
