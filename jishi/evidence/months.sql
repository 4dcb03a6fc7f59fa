-- months
-- Opens the months ahead of time.
select evidence.open_months();
