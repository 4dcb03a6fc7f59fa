-- payment_of
-- A payment, and how often it was complained of before.
select paid.mchid, coalesce(paid.person_id, 0) as person_id, paid.payer_openid as openid,
       paid.out_trade_no, paid.total_fen,
       (select count(*) from sandbox.complaints as before
         where before.transaction_id = paid.transaction_id)::integer as times
  from sandbox.orders as paid
 where paid.transaction_id = :transaction_id::text and paid.person_id is not null;

-- add_complaint
-- Keep a complaint.
insert into sandbox.complaints
       (complaint_id, mchid, person_id, openid, transaction_id, out_trade_no, total_fen, problem,
        problem_type, asked_refund_fen, detail, times, made_at)
values (:complaint_id::text, :mchid::text, :person_id::bigint, :openid::text,
        :transaction_id::text, :out_trade_no::text, :total_fen::bigint, :problem::text,
        :problem_type::text, :asked_refund_fen::bigint, :detail::text, :times::integer, :now);
