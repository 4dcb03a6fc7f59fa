-- write
insert into after_sale.receipts (book, case_id, number, good, damaged)
select :book, case_id, number, good, damaged
  from unnest(:numbers::bigint[], :case_ids::bigint[], :good::integer[], :damaged::integer[])
    as counted (number, case_id, good, damaged);
