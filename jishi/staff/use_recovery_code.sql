-- codes
select code.staff_id, code.digest
  from staff.recovery_codes as code
  join staff.authenticators as kept
    on kept.book = code.book and kept.staff_id = code.staff_id and kept.number = code.number
   and kept.removed_at is null
  join staff.members as member
    on member.book = code.book and member.staff_id = code.staff_id and member.left_at is null
 where code.book = :book and code.staff_id = any(:staff_ids::bigint[]) and code.used_at is null;

-- write
update staff.recovery_codes as code
   set used_at = :now
  from unnest(:staff_ids::bigint[], :digests::text[]) as used (staff_id, digest)
 where code.book = :book and code.staff_id = used.staff_id and code.digest = used.digest;
