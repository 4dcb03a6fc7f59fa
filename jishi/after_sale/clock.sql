-- count_open
select due, live, clock_timestamp() as now from after_sale.cases_open();

-- read_due
select book, case_id from after_sale.cases_due(:batch_max::int);
