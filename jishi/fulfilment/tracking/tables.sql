-- Tracking: when parcels are asked after, and what their carriers noted.

-- A parcel that is asked after: when next, and how often that failed in a row.
create table fulfilment.trackings (
    book     bigint  not null,
    parcel   bigint  not null,
    due_at   timestamptz,
    failures integer not null default 0,
    trouble  text    not null default '',
    primary key (book, parcel),
    foreign key (book, parcel) references fulfilment.parcels (book, number),
    constraint failed_askings_are_counted_from_zero check (failures >= 0),
    constraint what_went_wrong_is_short check (char_length(trouble) <= 200)
);
comment on column fulfilment.trackings.due_at is 'Null when there is nothing more to hear.';
comment on column fulfilment.trackings.trouble is 'Why the last asking failed, if it did.';
create index trackings_by_their_time on fulfilment.trackings (due_at) where due_at is not null;

-- What a carrier noted of a parcel, under the number that it was asked after by then.
create table fulfilment.scans (
    book            bigint   not null,
    number          bigint   not null,
    position        smallint not null,
    parcel          bigint   not null,
    carrier         text     not null,
    tracking_number text     not null,
    scanned_at      timestamptz not null,
    state           text     not null,
    place           text     not null,
    words           text     not null,
    mark            text     not null,
    primary key (book, number, position),
    foreign key (book, parcel) references fulfilment.parcels (book, number),
    constraint a_scan_is_kept_once unique (book, parcel, mark),
    constraint a_scan_is_of_a_known_state check (
        state in ('accepted', 'in_transit', 'out_for_delivery', 'delivered', 'troubled', 'lost',
                  'returned')),
    constraint a_scan_is_short check (char_length(place) <= 60 and char_length(words) <= 200)
);
comment on column fulfilment.scans.number is 'The event of this book that heard of it.';
comment on column fulfilment.scans.mark is 'A digest of it: the same again is no news.';
create index scans_of_a_parcel on fulfilment.scans (book, parcel, scanned_at);
create trigger scans_are_for_ever
    before update of book, number, position, parcel, carrier, tracking_number, scanned_at, state
    or delete on fulfilment.scans
    for each row execute function kernel.refuse_change();

-- Parcels as they are asked after now: under the number that was told last.
create view fulfilment.parcels_now with (security_invoker) as
select parcel.book, parcel.number, parcel.order_id, parcel.shipped_at,
       coalesce(right_one.carrier, parcel.carrier) as carrier,
       coalesce(right_one.tracking_number, parcel.tracking_number) as tracking_number
  from fulfilment.parcels as parcel
  left join lateral (select correction.carrier, correction.tracking_number
                       from fulfilment.parcel_corrections as correction
                      where correction.book = parcel.book and correction.parcel = parcel.number
                      order by correction.number desc limit 1) as right_one on true;

create view fulfilment.news_of_a_parcel_is_of_a_number_it_had with (security_invoker) as
select scan.book, scan.parcel, scan.number, scan.carrier, scan.tracking_number
  from fulfilment.scans as scan
  join fulfilment.parcels as parcel
    on parcel.book = scan.book and parcel.number = scan.parcel
 where (scan.carrier, scan.tracking_number) <> (parcel.carrier, parcel.tracking_number)
   and not exists (select from fulfilment.parcel_corrections as correction
                    where correction.book = scan.book and correction.parcel = scan.parcel
                      and correction.carrier = scan.carrier
                      and correction.tracking_number = scan.tracking_number);

insert into kernel.promises (promise, sentence, examined) values
    ('fulfilment.news_of_a_parcel_is_of_a_number_it_had',
     'What is told of a parcel was told of a number that it had.', 'fulfilment.scans');

alter table fulfilment.scans enable row level security;
alter table fulfilment.scans force row level security;
create policy one_book on fulfilment.scans
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy whoever_sees_the_parcel_sees_its_scans on fulfilment.scans for select
    using (exists (select from fulfilment.parcels as parcel
                    where parcel.book = scans.book and parcel.number = scans.parcel));
create policy the_verifier_sees_all on fulfilment.scans for select to jishi_verifier
    using (true);

-- Whoever asks takes what is due in whatever book, leased for two minutes.
create function fulfilment.take_trackings(parcels_max integer)
    returns table (book bigint, parcel bigint, failures integer)
    language sql volatile set search_path = pg_catalog, pg_temp as $$
    with due as (
        select tracking.book, tracking.parcel
          from fulfilment.trackings as tracking
         where tracking.due_at <= clock_timestamp()
         order by tracking.due_at
         limit parcels_max
           for no key update skip locked
    )
    update fulfilment.trackings as tracking
       set due_at = clock_timestamp() + interval '2 minutes'
      from due
     where tracking.book = due.book and tracking.parcel = due.parcel
    returning tracking.book, tracking.parcel, tracking.failures
$$;
revoke execute on function fulfilment.take_trackings(integer) from public;
grant execute on function fulfilment.take_trackings(integer) to jishi_app;

grant select, insert on fulfilment.trackings, fulfilment.scans to jishi_app;
grant update (due_at, failures, trouble) on fulfilment.trackings to jishi_app;
grant update (place, words, mark) on fulfilment.scans to jishi_app;
grant select on fulfilment.parcels_now to jishi_app;
grant select on fulfilment.trackings, fulfilment.scans, fulfilment.parcels_now,
    fulfilment.news_of_a_parcel_is_of_a_number_it_had to jishi_verifier;
