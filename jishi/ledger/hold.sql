-- kinds
select kind, is_bounded from ledger.kinds;

-- write
insert into ledger.holds (book, hold_id, for_book, unit, amount, giver_kind, giver,
                          taker_kind, taker, expires_at, state)
select :book, hold_id, for_book, unit, amount, giver_kind, giver, taker_kind, taker, expires_at,
       'held'
  from unnest(:hold_ids::bigint[], :for_books::bigint[], :units::bigint[], :amounts::bigint[],
              :giver_kinds::text[], :givers::bigint[], :taker_kinds::text[], :takers::bigint[],
              :expiries::timestamptz[])
    as hold (hold_id, for_book, unit, amount, giver_kind, giver, taker_kind, taker, expires_at);
