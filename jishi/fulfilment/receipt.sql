-- count_open
select due, live, clock_timestamp() as now from fulfilment.receipts_open(interval '10 days');

-- read_due
select book, order_id from fulfilment.receipts_due(interval '10 days', :batch_max::int);
