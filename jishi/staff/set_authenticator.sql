-- write
with given as (
    insert into staff.authenticators (book, staff_id, number, sealed, last_step, set_at)
    select :book, given.staff_id, given.number, given.sealed, given.step, :now
      from unnest(:staff_ids::bigint[], :numbers::bigint[], :sealeds::bytea[], :steps::bigint[])
           as given (staff_id, number, sealed, step)
)
insert into staff.recovery_codes (book, staff_id, number, digest)
select :book, code.staff_id, code.number, code.digest
  from unnest(:of_staff::bigint[], :of_numbers::bigint[], :digests::text[])
       as code (staff_id, number, digest);
