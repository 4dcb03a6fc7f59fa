-- stores
select store_id as known_id from goods.stores where book = :book;

-- skus
select sku_id as known_id from goods.skus where book = :book;

-- write
-- New stores, and those that are called, lie or open otherwise now.
insert into goods.stores (book, store_id, name, name_en, whereabouts, phone, hours,
                          latitude_micro, longitude_micro)
select :book, store_id, name, name_en, whereabouts, phone,
       case when week = '' then '{}' else string_to_array(week, ',') end, latitude, longitude
  from unnest(:store_ids::bigint[], :names::text[], :names_en::text[], :places::text[],
              :phones::text[], :weeks::text[], :latitudes::integer[], :longitudes::integer[])
    as store (store_id, name, name_en, whereabouts, phone, week, latitude, longitude)
on conflict (book, store_id) do update
   set name = excluded.name, name_en = excluded.name_en, whereabouts = excluded.whereabouts,
       phone = excluded.phone, hours = excluded.hours, latitude_micro = excluded.latitude_micro,
       longitude_micro = excluded.longitude_micro;
