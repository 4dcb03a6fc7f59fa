-- known
select digest
  from people.identities
 where book = :book and digest = any(:digests::bytea[]);

-- write
insert into people.identities (book, digest, person_id, kind, appid, sealed, recognised_at)
select :book, made.digest, made.person_id, made.kind, made.appid, made.sealed, :now
  from unnest(:digests::bytea[], :person_ids::bigint[], :kinds::text[], :appids::text[],
              :seals::bytea[]) as made (digest, person_id, kind, appid, sealed);
