-- waiting
select code_id
  from people.codes
 where book = :book and code_id = any(:code_ids::bigint[]) and sent_at is null;

-- write
update people.codes set sent_at = :now, sealed = null
 where book = :book and code_id = any(:code_ids::bigint[]);
