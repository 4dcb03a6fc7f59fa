-- taken
-- Purchase ids that are in use already.
select purchase_id
  from trade.purchases
 where book = :book and purchase_id = any(:purchase_ids::bigint[]);

-- write
with opened as (
    insert into trade.purchases (book, purchase_id, public_id, buyer_id, opened_at)
    select :book, purchase_id, public_id, buyer_id, :now
      from unnest(:purchase_ids::bigint[], :public_ids::text[], :buyer_ids::bigint[])
        as opened (purchase_id, public_id, buyer_id)
)
insert into trade.purchase_parts (book, purchase_id, position, shop_book, order_id)
select :book, purchase_id, position, shop_book, order_id
  from unnest(:of_purchases::bigint[], :positions::int[], :shop_books::bigint[],
              :order_ids::bigint[])
    as part (purchase_id, position, shop_book, order_id);
