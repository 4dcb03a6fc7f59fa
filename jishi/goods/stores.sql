-- of_shop
-- The stores of a shop; they are few.
select store_id, name, name_en, whereabouts, phone, hours, latitude_micro, longitude_micro
  from goods.stores
 where book = :book
 order by store_id
 limit 200;
