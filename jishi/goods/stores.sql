-- of_shop
-- The stores of a shop; they are few.
select store_id, name, name_en, whereabouts, phone, hours, latitude_micro, longitude_micro
  from goods.stores
 where book = :book
 order by store_id
 limit 200;

-- with_stock
-- The stores of some shops, with what is free there of some SKUs.
select store.book as of_book, store.store_id, store.name, store.name_en, store.whereabouts,
       store.phone, store.hours, store.latitude_micro, store.longitude_micro,
       (select coalesce(json_agg(json_build_object(
                   'sku_id', account.unit, 'free', account.balance)), '[]')
          from ledger.accounts as account
         where account.book = store.book and account.kind = 'shelf'
           and account.holder = store.store_id
           and account.unit = any(:sku_ids::bigint[])) as stock
  from goods.stores as store
 where store.book = any(:books::bigint[])
 order by store.book, store.store_id
 limit 500;
