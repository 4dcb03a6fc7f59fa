-- write
insert into staff.notices (book, number, kind, about_id, told_at)
select :book, told.number, told.kind, told.about_id, :now
  from unnest(:numbers::bigint[], :kinds::text[], :abouts::bigint[])
       as told (number, kind, about_id);
