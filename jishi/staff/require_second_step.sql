-- write
insert into staff.second_steps (book, works_in, is_required)
select :book, said.works_in, said.is_required
  from unnest(:workplaces::bigint[], :requireds::boolean[]) as said (works_in, is_required)
on conflict (book, works_in) do update set is_required = excluded.is_required;
