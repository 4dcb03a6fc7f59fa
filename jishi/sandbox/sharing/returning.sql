-- received
-- What a merchant received of a sharing; nobody else returns of it meanwhile.
select sharing.order_id, share.detail_id, share.share_fen,
       coalesce((select sum(given.return_fen) from sandbox.sharing_returns as given
                  where given.detail_id = share.detail_id and given.result <> 'FAILED'), 0)::bigint
           as returned_fen,
       coalesce(share.finished_at, share.made_at) as finished_at
  from sandbox.sharings as sharing
  join sandbox.shares as share on share.order_id = sharing.order_id
 where sharing.mchid = :mchid::text
   and (sharing.order_id = :order_id::text or :order_id::text = '')
   and (sharing.out_order_no = :out_order_no::text or :out_order_no::text = '')
   and (:order_id::text <> '' or :out_order_no::text <> '')
   and share.kind = 'MERCHANT_ID' and share.account = :return_mchid::text
   and share.result = 'SUCCESS'
 order by share.detail_id
 limit 1
   for no key update of share;

-- return_by_number
-- A return by the merchant's number.
select given.return_id, given.order_id, sharing.out_order_no, given.out_return_no,
       given.return_mchid, given.return_fen, given.description, given.asked, given.result,
       given.fail_reason, given.made_at, given.finished_at
  from sandbox.sharing_returns as given
  join sandbox.sharings as sharing on sharing.order_id = given.order_id
 where given.mchid = :mchid::text and given.out_return_no = :out_return_no::text;

-- add_return
-- Keep a return.
insert into sandbox.sharing_returns
       (return_id, mchid, order_id, detail_id, out_return_no, return_mchid, return_fen,
        description, asked, made_at)
values (:return_id::text, :mchid::text, :order_id::text, :detail_id::text, :out_return_no::text,
        :return_mchid::text, :return_fen::bigint, :description::text, :asked::text, :now);
