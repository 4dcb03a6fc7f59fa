-- invoice
-- What was asked for last of an order's invoice, and which one was issued.
select wish.kind, wish.sealed, wish.asked_at,
       coalesce(issued.invoice_number, '') as invoice_number, issued.issued_at
  from trade.invoice_wishes as wish
  left join trade.invoices as issued
    on issued.book = wish.book and issued.order_id = wish.order_id
 where wish.book = :of_book and wish.order_id = :order_id
 order by wish.number desc
 limit 1;
