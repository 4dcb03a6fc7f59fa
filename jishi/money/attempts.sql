-- read
select attempt_id, order_id, appid, mchid, amount_fen, state, transaction_id, combined
  from money.attempts
 where book = :book and attempt_id = any(:attempt_ids::bigint[]);

-- read_of
select attempt_id, order_id, appid, mchid, amount_fen, state, transaction_id, combined
  from money.attempts
 where book = :book and order_id = any(:order_ids::bigint[]);

-- read_open
select attempt_id, order_id, appid, mchid, amount_fen, state, transaction_id, combined
  from money.attempts
 where book = :book and order_id = any(:order_ids::bigint[]) and state = 'open';

-- write
insert into money.attempts (book, attempt_id, order_id, appid, mchid, amount_fen, way, started_at,
                            combined)
select :book, attempt_id, order_id, appid, mchid, amount_fen, way, :now, combined::jsonb
  from unnest(:attempt_ids::bigint[], :order_ids::bigint[], :appids::text[], :mchids::text[],
              :amounts::bigint[], :ways::text[], :combineds::text[])
    as started (attempt_id, order_id, appid, mchid, amount_fen, way, combined);

-- write_paid
update money.attempts as attempt
   set state = 'paid', transaction_id = paid.transaction_id
  from unnest(:attempt_ids::bigint[], :transaction_ids::text[]) as paid (attempt_id, transaction_id)
 where attempt.book = :book and attempt.attempt_id = paid.attempt_id;

-- write_closed
update money.attempts
   set state = 'closed'
 where book = :book and order_id = any(:order_ids::bigint[]) and state = 'open';

-- write_withdrawn
update money.attempts
   set state = 'closed'
 where book = :book and attempt_id = any(:attempt_ids::bigint[]);

-- write_exceptions
insert into money.exceptions (book, number, out_trade_no, transaction_id, appid, mchid, amount_fen,
                              currency, reason, told_at)
select :book, number, out_trade_no, transaction_id, appid, mchid, amount_fen, currency, reason, :now
  from unnest(:numbers::bigint[], :out_trade_nos::text[], :transaction_ids::text[],
              :appids::text[], :mchids::text[], :amounts::bigint[], :currencies::text[],
              :reasons::text[])
    as told (number, out_trade_no, transaction_id, appid, mchid, amount_fen, currency, reason);
