-- 0010: a picture in smaller widths.
create table goods.renditions (
    digest text    not null references goods.pictures,
    width  integer not null,
    height integer not null,
    bytes  bytea   not null,
    primary key (digest, width)
);
alter table goods.renditions alter column bytes set storage external;

grant select, insert on goods.renditions to jishi_app;
grant select on goods.renditions to jishi_verifier;
