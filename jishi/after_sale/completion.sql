-- count_open
select due, live, clock_timestamp() as now from after_sale.windows_open(interval '7 days');

-- read_due
select book, order_id from after_sale.windows_over(interval '7 days', :batch_max::int);
