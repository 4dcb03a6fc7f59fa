-- known
-- The keys with these ids, and all that are in use.
select key_id, revoked_at is null and coalesce(ends_at > :now, true) as is_in_use
  from access.api_keys
 where book = :book
   and (key_id = any(:key_ids::bigint[])
        or (revoked_at is null and coalesce(ends_at > :now, true)));

-- write
insert into access.api_keys (book, key_id, name, scopes, digest, issued_by, issued_at, ends_at)
select :book, issued.key_id, issued.name, string_to_array(issued.scopes, ','), issued.digest,
       issued.actor, :now, issued.ends_at
  from unnest(:key_ids::bigint[], :names::text[], :scopes::text[], :digests::text[],
              :actors::bigint[], :ends::timestamptz[])
       as issued (key_id, name, scopes, digest, actor, ends_at);
