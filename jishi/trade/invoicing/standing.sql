-- read
select placed.order_id, placed.buyer_id, placed.state,
       (select count(*) from trade.invoice_wishes as wish
         where wish.book = :book and wish.order_id = placed.order_id) as wishes,
       coalesce(issued.invoice_number, '') as invoice_number
  from trade.orders as placed
  left join trade.invoices as issued
    on issued.book = :book and issued.order_id = placed.order_id
 where placed.book = :book and placed.order_id = any(:order_ids::bigint[]);

-- read_taken
select invoice_number
  from trade.invoices
 where book = :book and invoice_number = any(:numbers::text[]);
