-- read_last
select max(billed_on) as day from money.bill_days where book = :book;
