-- shown
select case_id, sender, digest from after_sale.photographs
 where book = :book and case_id = any(:case_ids::bigint[]);

-- write
insert into after_sale.photographs (book, case_id, number, sender, digest, small, whole, shown_at)
select :book, case_id, number, sender, digest, small, whole, :now
  from unnest(:case_ids::bigint[], :numbers::bigint[], :senders::text[], :digests::text[],
              :smalls::bytea[], :wholes::bytea[])
    as photograph (case_id, number, sender, digest, small, whole);
