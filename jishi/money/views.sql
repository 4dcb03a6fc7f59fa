-- open_payment
select attempt_id, code_url
  from money.attempts
 where book = :of_book and order_id = :order_id and state = 'open';
