-- write
insert into objections.measuring_ends (book, measuring, trouble, ended_at)
select :book, ended.measuring, ended.trouble, :now
  from unnest(:numbers::bigint[], :troubles::text[]) as ended (measuring, trouble);
