-- read
-- How far ahead the clock is.
select ahead_seconds from sandbox.clock;

-- wind
-- Put it further ahead.
update sandbox.clock set ahead_seconds = :ahead_seconds::bigint;
