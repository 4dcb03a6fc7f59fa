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

-- own_invoices
-- The invoices of a buyer's orders, as they were asked for last, newest first, a page at a time.
select placed.book as of_book, placed.order_id, placed.order_number, wish.kind, wish.sealed,
       wish.asked_at, coalesce(issued.invoice_number, '') as invoice_number, issued.issued_at
  from trade.orders as placed
  join lateral (select asked.kind, asked.sealed, asked.asked_at
                  from trade.invoice_wishes as asked
                 where asked.book = placed.book and asked.order_id = placed.order_id
                 order by asked.number desc limit 1) as wish on true
  left join trade.invoices as issued
    on issued.book = placed.book and issued.order_id = placed.order_id
 where placed.buyer_id = :buyer_id and placed.order_id < :before
 order by placed.order_id desc
 limit :invoices_max::int;
