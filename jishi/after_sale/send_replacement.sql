-- read_shelves
select unit as sku_id, holder as store_id, balance as free
  from ledger.accounts
 where book = :book and kind = 'shelf' and unit = any(:sku_ids::bigint[]);

-- write
update after_sale.cases
   set is_replaced = true
 where book = :book and case_id = any(:case_ids::bigint[]);
