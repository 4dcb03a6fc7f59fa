-- of_shop
-- The stores of a shop; they are few.
select store_id, name, name_en
  from goods.stores
 where book = :book
 order by store_id
 limit 200;
