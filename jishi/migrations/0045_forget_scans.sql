-- What carriers noted of a parcel goes when its buyer is forgotten; when it stood how stays.
drop trigger scans_are_for_ever on fulfilment.scans;
create trigger scans_are_for_ever
    before update of book, number, position, parcel, carrier, tracking_number, scanned_at, state
    or delete on fulfilment.scans
    for each row execute function kernel.refuse_change();
grant update (place, words, mark) on fulfilment.scans to jishi_app;
