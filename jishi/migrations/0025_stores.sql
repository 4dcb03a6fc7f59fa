-- Stores: where they are, when they are open.
alter table goods.stores
    add column whereabouts text not null default '',
    add column phone text not null default '',
    add column hours text[] not null default '{}',
    add column latitude_micro integer,
    add column longitude_micro integer,
    add constraint a_week_has_seven_days check (cardinality(hours) in (0, 7)),
    add constraint a_position_is_on_the_earth check (
        (latitude_micro is null) = (longitude_micro is null)
        and latitude_micro between -90000000 and 90000000
        and longitude_micro between -180000000 and 180000000);
comment on column goods.stores.hours is
    'From Monday on: 09:00-21:00, empty for a day when it is closed; none where nobody said it.';
comment on column goods.stores.latitude_micro is 'In millionths of a degree, as its longitude.';
grant update (name, name_en, whereabouts, phone, hours, latitude_micro, longitude_micro)
    on goods.stores to jishi_app;
