-- lock_number
-- One sharing under a number at a time, also before the first of them is written.
select pg_advisory_xact_lock(hashtextextended(:mchid::text || ' ' || :out_order_no::text, 0));

-- lock_payment
-- One sharing of a payment at a time. Alone: what a later statement reads is then true.
select from sandbox.orders as paid
 where paid.mchid = :mchid::text and paid.transaction_id = :transaction_id::text
   for no key update;

-- pot_of
-- A payment, with what of it went where.
select coalesce(paid.transaction_id, '') as transaction_id, paid.appid, paid.total_fen,
       paid.refunded_fen,
       coalesce((select sum(share.share_fen)
                   from sandbox.sharings as sharing
                   join sandbox.shares as share on share.order_id = sharing.order_id
                  where sharing.transaction_id = paid.transaction_id
                    and share.result <> 'CLOSED'), 0)::bigint as shared_fen,
       paid.is_sharing,
       exists (select from sandbox.sharings as sharing
                where sharing.transaction_id = paid.transaction_id
                  and sharing.is_unfreezing_rest) as is_unfrozen,
       (select count(*) from sandbox.sharings as sharing
         where sharing.transaction_id = paid.transaction_id
           and not sharing.is_unfreezing) as sharings,
       coalesce(paid.paid_at, paid.made_at) as paid_at
  from sandbox.orders as paid
 where paid.mchid = :mchid::text and paid.transaction_id = :transaction_id::text
   and paid.paid_at is not null;

-- sharing_by_number
-- A merchant's sharing by its own number.
select order_id, mchid, transaction_id, out_order_no, asked, is_unfreezing, made_at, finished_at
  from sandbox.sharings
 where mchid = :mchid::text and out_order_no = :out_order_no::text;

-- shares_of
-- What each receiver gets.
select detail_id, kind, account, share_fen, description, result, fail_reason, made_at, finished_at
  from sandbox.shares
 where order_id = :order_id::text
 order by detail_id;

-- receivable
-- Those of the receivers that the merchant added.
select known.kind, known.account
  from unnest(:kinds::text[], :accounts::text[]) as asked (kind, account)
  join sandbox.sharing_receivers as known
    on known.mchid = :mchid::text and known.kind = asked.kind and known.account = asked.account;

-- add_sharing
-- Keep a sharing.
insert into sandbox.sharings
       (order_id, mchid, transaction_id, out_order_no, asked, is_unfreezing, is_unfreezing_rest,
        made_at)
values (:order_id::text, :mchid::text, :transaction_id::text, :out_order_no::text, :asked::text,
        :is_unfreezing::boolean, :is_unfreezing_rest::boolean, :now);

-- add_shares
-- Keep what each receiver gets.
insert into sandbox.shares (detail_id, order_id, kind, account, share_fen, description, made_at)
select made.detail_id, :order_id::text, made.kind, made.account, made.share_fen, made.description,
       :now
  from unnest(:detail_ids::text[], :kinds::text[], :accounts::text[], :share_fens::bigint[],
              :descriptions::text[]) as made (detail_id, kind, account, share_fen, description);
