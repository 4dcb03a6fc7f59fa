-- write
insert into trade.invoices (book, order_id, number, invoice_number, staff_id, issued_at)
select :book, order_id, number, invoice_number, staff_id, :now
  from unnest(:order_ids::bigint[], :numbers::bigint[], :invoice_numbers::text[],
              :staff_ids::bigint[]) as issued (order_id, number, invoice_number, staff_id);
