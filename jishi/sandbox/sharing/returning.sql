-- lock_sharing
-- One return of a sharing at a time. Alone: what a later statement reads is then true.
select from sandbox.sharings as sharing
 where sharing.mchid = :mchid::text
   and (sharing.order_id = :order_id::text or sharing.out_order_no = :out_order_no::text)
   for no key update;

-- received
-- What a merchant received of a sharing, in all its parts, and gave back of it.
select sharing.order_id, coalesce(got.detail_id, '') as detail_id,
       coalesce(got.share_fen, 0) as share_fen,
       coalesce((select sum(given.return_fen) from sandbox.sharing_returns as given
                  where given.order_id = sharing.order_id
                    and given.return_mchid = :return_mchid::text
                    and given.result <> 'FAILED'), 0)::bigint as returned_fen,
       coalesce(got.finished_at, sharing.made_at) as finished_at
  from sandbox.sharings as sharing
  left join lateral (select min(share.detail_id) as detail_id,
                            sum(share.share_fen)::bigint as share_fen,
                            max(share.finished_at) as finished_at
                       from sandbox.shares as share
                      where share.order_id = sharing.order_id and share.kind = 'MERCHANT_ID'
                        and share.account = :return_mchid::text
                        and share.result = 'SUCCESS') as got on true
 where sharing.mchid = :mchid::text
   and (sharing.order_id = :order_id::text or :order_id::text = '')
   and (sharing.out_order_no = :out_order_no::text or :out_order_no::text = '')
   and (:order_id::text <> '' or :out_order_no::text <> '');

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
