-- read
select placed.order_id, placed.buyer_id, placed.delivery, placed.state, placed.store_id,
       coalesce(voucher.digest, '') as digest, redeemed.order_id is not null as is_redeemed,
       exists (select from fulfilment.withheld as kept
                where kept.book = :book and kept.order_id = placed.order_id) as is_withheld
  from trade.orders as placed
  left join fulfilment.vouchers as voucher
    on voucher.book = :book and voucher.order_id = placed.order_id
  left join fulfilment.redemptions as redeemed
    on redeemed.book = :book and redeemed.order_id = placed.order_id
 where placed.book = :book and placed.order_id = any(:order_ids::bigint[]);

-- read_wanted
-- What is bought of each SKU, less what went back to the shelf unsent.
select line.order_id, line.sku_id,
       (sum(line.quantity) - coalesce(back.units, 0))::bigint as quantity
  from trade.order_lines as line
  left join lateral (select sum(transfer.amount) as units
                       from ledger.transfers as transfer
                      where transfer.book = :book and transfer.giver_kind = 'customer'
                        and transfer.giver = line.order_id and transfer.unit = line.sku_id
                        and transfer.reason = 'after_sale_unsent') as back on true
 where line.book = :book and line.order_id = any(:order_ids::bigint[])
 group by line.order_id, line.sku_id, back.units
having sum(line.quantity) > coalesce(back.units, 0)
 order by line.order_id, line.sku_id;
