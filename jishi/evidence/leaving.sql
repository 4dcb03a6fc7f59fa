-- clear_origins
update evidence.origins as origin set session_id = 0
  from unnest(:books::bigint[], :order_ids::bigint[]) as his (book, order_id)
 where origin.book = his.book and origin.order_id = his.order_id;
