-- read_parts
-- The purchases that are named: whose, and of which orders.
select purchase.purchase_id, purchase.buyer_id, part.shop_book, part.order_id
  from trade.purchases as purchase
  join trade.purchase_parts as part
    on part.book = :book and part.purchase_id = purchase.purchase_id
 where purchase.book = :book and purchase.purchase_id = any(:purchase_ids::bigint[]);
