-- grant
-- Allow an account something.
insert into sandbox.page_grants (appid, person_id, scope, granted_at)
values (:appid::text, :person_id::bigint, :scope::text, :now)
    on conflict (appid, person_id, scope)
    do update set granted_at = excluded.granted_at, revoked_at = null;

-- granted
-- What is allowed.
select scope
  from sandbox.page_grants
 where appid = :appid::text and person_id = :person_id::bigint and scope = :scope::text
   and revoked_at is null;
