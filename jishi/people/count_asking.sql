-- asked_for
select digest, array_agg(asked_at) as times
  from people.askings
 where book = :book and digest = any(:digests::bytea[])
   and asked_at > :now::timestamptz - interval '1 day'
 group by digest;

-- write
insert into people.askings (book, number, digest, asked_at)
select :book, counted.number, counted.digest, :now
  from unnest(:numbers::bigint[], :digests::bytea[]) as counted (number, digest);

-- forget
-- What counts no more: whom it was about is nobody's business after two days.
delete from people.askings
 where book = :book and asked_at < :now::timestamptz - interval '2 days';
