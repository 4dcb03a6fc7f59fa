-- read
select hold_id, for_book, unit, amount, giver_kind, giver, taker_kind, taker, expires_at, state
  from ledger.holds
 where book = :book and hold_id = any(:hold_ids::bigint[]);

-- write_states
update ledger.holds
   set state = :state::text
 where book = :book and hold_id = any(:hold_ids::bigint[]);

-- answers
-- What this book answered about holds of others.
select hold_id, is_used
  from ledger.hold_answers
 where book = :book and hold_id = any(:hold_ids::bigint[]);

-- write_answers
insert into ledger.hold_answers (book, hold_id, from_book, is_used, number)
select :book, hold_id, from_book, :is_used::boolean, number
  from unnest(:hold_ids::bigint[], :from_books::bigint[], :numbers::bigint[])
    as answer (hold_id, from_book, number);
