-- write
with redeemed as (
    insert into fulfilment.redemptions (book, order_id, number, store_id, staff_id, redeemed_at)
    select :book, order_id, number, store_id, staff_id, :now
      from unnest(:order_ids::bigint[], :numbers::bigint[], :store_ids::bigint[],
                  :staff_ids::bigint[]) as redeemed (order_id, number, store_id, staff_id)
)
insert into fulfilment.handed_out (book, order_id, sku_id, quantity)
select :book, order_id, sku_id, quantity
  from unnest(:of_orders::bigint[], :sku_ids::bigint[], :quantities::integer[])
    as handed (order_id, sku_id, quantity);
