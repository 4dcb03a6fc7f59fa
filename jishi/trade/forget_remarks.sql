-- remarked
select buyer_id, count(*)::int as orders
  from trade.orders
 where book = :book and buyer_id = any(:buyer_ids::bigint[]) and remark <> ''
 group by buyer_id;

-- write
update trade.orders set remark = ''
 where book = :book and buyer_id = any(:buyer_ids::bigint[]) and remark <> '';
