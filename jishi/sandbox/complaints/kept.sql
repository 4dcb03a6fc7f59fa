-- complaint_by_id
-- A complaint with its payer's telephone and what was refunded; nobody else takes a step meanwhile.
select complaint.complaint_id, complaint.mchid, complaint.person_id, complaint.openid,
       complaint.transaction_id, complaint.out_trade_no, complaint.total_fen, complaint.problem,
       complaint.problem_type, complaint.asked_refund_fen, complaint.detail, complaint.state,
       complaint.is_reply_awaited, complaint.times, complaint.made_at, person.phone,
       coalesce(paid.refunded_fen = paid.total_fen, false) as is_fully_refunded
  from sandbox.complaints as complaint
  join sandbox.people as person on person.person_id = complaint.person_id
  left join sandbox.orders as paid on paid.transaction_id = complaint.transaction_id
 where complaint.complaint_id = :complaint_id::text
   for no key update of complaint;

-- add_step
-- Write a step down.
insert into sandbox.complaint_steps (complaint_id, operator, kind, details, images, made_at)
values (:complaint_id::text, :operator::text, :kind::text, :details::text, :images::text[], :now);

-- set_state
-- Put a complaint into a state.
update sandbox.complaints
   set state = :state::text, is_reply_awaited = :is_reply_awaited::boolean
 where complaint_id = :complaint_id::text;

-- address_of
-- Where a merchant wants to hear of complaints.
select mchid, url from sandbox.complaint_addresses where mchid = :mchid::text;
