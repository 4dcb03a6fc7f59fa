-- known
-- Members who work here, with the tries of a day since they last came in or set a password.
select member.staff_id,
       coalesce((select array_agg(tried.tried_at) from staff.tries as tried
         where tried.book = member.book and tried.staff_id = member.staff_id
           and tried.tried_at > :now::timestamptz - interval '1 day'
           and tried.tried_at > coalesce((select max(session.opened_at)
                                            from staff.sessions as session
                                           where session.book = member.book
                                             and session.staff_id = member.staff_id),
                                         '-infinity')
           and tried.tried_at > coalesce((select max(password.set_at)
                                            from staff.passwords as password
                                           where password.book = member.book
                                             and password.staff_id = member.staff_id),
                                         '-infinity')), '{}') as tries
  from staff.members as member
 where member.book = :book and member.staff_id = any(:staff_ids::bigint[])
   and member.left_at is null;

-- write
insert into staff.tries (book, staff_id, number, tried_at)
select :book, tried.staff_id, tried.number, :now
  from unnest(:staff_ids::bigint[], :numbers::bigint[]) as tried (staff_id, number);
