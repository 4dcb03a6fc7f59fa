-- read_open
select distinct cause_id as case_id
  from money.refunds
 where book = :book and reason = 'after_sale' and state <> 'closed'
   and cause_id = any(:case_ids::bigint[]);
