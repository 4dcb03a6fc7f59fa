-- known
select digest, person_id
  from people.identities
 where book = :book and digest = any(:digests::bytea[]);

-- write
delete from people.identities
 where book = :book and digest = any(:digests::bytea[]);
