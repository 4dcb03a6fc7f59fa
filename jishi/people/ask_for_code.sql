-- asked_for
select digest, array_agg(asked_at) as times
  from people.codes
 where book = :book and digest = any(:digests::bytea[])
   and asked_at > :now::timestamptz - interval '1 day'
 group by digest;

-- taken
select code_id
  from people.codes
 where book = :book and code_id = any(:code_ids::bigint[]);

-- write
insert into people.codes (book, code_id, digest, kind, hash, sealed, asked_at)
select :book, made.code_id, made.digest, made.kind, made.hash, made.sealed, :now
  from unnest(:code_ids::bigint[], :digests::bytea[], :kinds::text[], :hashes::bytea[],
              :seals::bytea[]) as made (code_id, digest, kind, hash, sealed);

-- forget
-- What counts no more: whom it was about is nobody's business after two days.
delete from people.codes
 where book = :book and asked_at < :now::timestamptz - interval '2 days';
