-- count_open
select due, live, clock_timestamp() as now from trade.orders_open();

-- read_due
select book, order_id from trade.orders_due(:batch_max::int);
