-- read_due
select book, hold_id from ledger.holds_due(:holds_max::int);
