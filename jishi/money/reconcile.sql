-- read_last
select max(billed_on) as day,
       (select (opened_at at time zone 'Asia/Shanghai')::date
          from kernel.books where book = :book) as began_on
  from money.bill_days where book = :book;
