-- names
-- What each account calls a person.
select account.name, known.openid
  from sandbox.openids as known
  join sandbox.accounts as account on account.appid = known.appid
 where known.person_id = :person_id::bigint
 order by account.registered_at, account.appid;
