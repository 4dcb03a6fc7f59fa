-- months
-- Opens the months ahead of time.
select evidence.open_months();

-- drop
-- Drops months that lie in the lake whole.
select coalesce(evidence.drop_months(:before::date, :rolled::bigint), 0) as months;
