-- voucher
-- The voucher of an order, if whoever looks may see the order.
select voucher.turn, voucher.issued_at, store.name as store_name, store.name_en as store_name_en,
       store.whereabouts, store.phone, store.hours, store.latitude_micro, store.longitude_micro,
       redeemed.redeemed_at
  from fulfilment.vouchers as voucher
  join trade.orders as placed
    on placed.book = voucher.book and placed.order_id = voucher.order_id
  join goods.stores as store
    on store.book = placed.book and store.store_id = placed.store_id
  left join fulfilment.redemptions as redeemed
    on redeemed.book = voucher.book and redeemed.order_id = voucher.order_id
 where voucher.book = :of_book and voucher.order_id = :order_id;

-- handout
-- What is handed out of an order, line by line: what was bought, less what was refunded unsent.
select placed.order_id, placed.order_number, placed.state, placed.placed_at, placed.remark,
       placed.store_id, store.name as store_name, store.name_en as store_name_en,
       redeemed.redeemed_at, coalesce(redeemed.staff_id, 0) as staff_id,
       exists (select from fulfilment.withheld as kept
                where kept.book = placed.book and kept.order_id = placed.order_id) as is_withheld,
       (select coalesce(json_agg(json_build_object(
                   'title', line.title, 'title_en', line.title_en, 'options', line.options,
                   'options_en', line.options_en, 'picture', line.picture,
                   'quantity', line.quantity,
                   'left', line.quantity - coalesce((
                       select sum(back.amount) from ledger.transfers as back
                        where back.book = line.book and back.giver_kind = 'customer'
                          and back.giver = line.order_id and back.unit = line.sku_id
                          and back.reason = 'after_sale_unsent'), 0))
                   order by line.position), '[]')
          from trade.order_lines as line
         where line.book = placed.book and line.order_id = placed.order_id) as lines
  from trade.orders as placed
  join goods.stores as store
    on store.book = placed.book and store.store_id = placed.store_id
  left join fulfilment.redemptions as redeemed
    on redeemed.book = placed.book and redeemed.order_id = placed.order_id
 where placed.book = :book and placed.order_id = :order_id and placed.delivery = 'pickup';
