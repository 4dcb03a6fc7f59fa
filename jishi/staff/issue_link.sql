-- links
select link_id from staff.links where book = :book and link_id = any(:link_ids::bigint[]);

-- write
insert into staff.links (book, link_id, staff_id, number, digest, made_by, made_at, ends_at)
select :book, made.link_id, made.staff_id, made.number, made.digest, made.actor, :now,
       :ends_at::timestamptz
  from unnest(:link_ids::bigint[], :staff_ids::bigint[], :digests::text[], :actors::bigint[],
              :numbers::bigint[])
       as made (link_id, staff_id, digest, actor, number);
