-- newest
-- The newest code of each digest, if it is young enough and was not used.
select code.digest, code.code_id, code.hash, code.tries
  from (select distinct on (digest) digest, code_id, hash, tries, asked_at, used_at
          from people.codes
         where book = :book and digest = any(:digests::bytea[])
         order by digest, asked_at desc, code_id desc) as code
 where code.used_at is null and code.asked_at > :now::timestamptz - :life::interval;

-- write
update people.codes as code
   set tries = code.tries + tried.tries,
       used_at = case when tried.is_right then :now::timestamptz end
  from unnest(:code_ids::bigint[], :tries::int[], :rights::boolean[])
       as tried (code_id, tries, is_right)
 where code.book = :book and code.code_id = tried.code_id;
