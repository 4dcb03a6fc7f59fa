-- write
update staff.members as member
   set roles = string_to_array(given.roles, ',')
  from unnest(:staff_ids::bigint[], :roles::text[]) as given (staff_id, roles)
 where member.book = :book and member.staff_id = given.staff_id;
