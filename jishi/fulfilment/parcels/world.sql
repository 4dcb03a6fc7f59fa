-- read
select placed.order_id, placed.buyer_id, placed.delivery, placed.state,
       exists (select from fulfilment.withheld as kept
                where kept.book = :book and kept.order_id = placed.order_id) as is_withheld,
       placed.address_id,
       (select max(step.at) from trade.order_steps as step
         where step.book = :book and step.order_id = placed.order_id
           and step.state = 'shipped') as last_at
  from trade.orders as placed
 where placed.book = :book and placed.order_id = any(:order_ids::bigint[]);

-- read_left
-- What was bought of each line, less what was sent and what went back to the shelf unsent.
select line.order_id, line.position,
       (line.quantity - coalesce(sent.units, 0) - coalesce(back.units, 0))::bigint as left
  from trade.order_lines as line
  left join lateral (select sum(packed.quantity) as units
                       from fulfilment.parcel_lines as packed
                      where packed.book = :book and packed.order_id = line.order_id
                        and packed.position = line.position) as sent on true
  left join lateral (select sum(transfer.amount) as units
                       from ledger.transfers as transfer
                      where transfer.book = :book and transfer.giver_kind = 'customer'
                        and transfer.giver = line.order_id and transfer.unit = line.sku_id
                        and transfer.reason = 'after_sale_unsent') as back on true
 where line.book = :book and line.order_id = any(:order_ids::bigint[])
 order by line.order_id, line.position;
