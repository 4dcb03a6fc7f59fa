-- open_payment
select attempt_id, way, code_url, mchid, started_at, combined
  from money.attempts
 where book = :of_book and order_id = :order_id and state = 'open';

-- open_attempt
select attempt_id
  from money.attempts
 where book = :of_book and attempt_id = :attempt_id and state = 'open';
