-- complaints_between
-- A merchant's complaints of some days, the newest first. WeChat pages by offset.
select complaint.complaint_id, complaint.mchid, complaint.person_id, complaint.openid,
       complaint.transaction_id, complaint.out_trade_no, complaint.total_fen, complaint.problem,
       complaint.problem_type, complaint.asked_refund_fen, complaint.detail, complaint.state,
       complaint.is_reply_awaited, complaint.times, complaint.made_at, person.phone,
       coalesce(paid.refunded_fen = paid.total_fen, false) as is_fully_refunded
  from sandbox.complaints as complaint
  join sandbox.people as person on person.person_id = complaint.person_id
  left join sandbox.orders as paid on paid.transaction_id = complaint.transaction_id
 where complaint.mchid = :mchid::text
   and complaint.made_at >= :first_at::timestamptz and complaint.made_at < :before_at::timestamptz
 order by complaint.made_at desc, complaint.complaint_id desc
 limit :shown_max::integer offset :skipped::bigint;

-- count_between
-- How many there are.
select count(*) as number
  from sandbox.complaints
 where mchid = :mchid::text
   and made_at >= :first_at::timestamptz and made_at < :before_at::timestamptz;

-- steps_of
-- What was done about a complaint, the newest first.
select step_id, operator, kind, details, images, made_at
  from sandbox.complaint_steps
 where complaint_id = :complaint_id::text
 order by step_id desc
 limit :shown_max::integer offset :skipped::bigint;

-- count_steps
-- How many steps there are.
select count(*) as number from sandbox.complaint_steps where complaint_id = :complaint_id::text;
