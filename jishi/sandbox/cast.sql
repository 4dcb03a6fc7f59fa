-- accounts
-- Every account, the oldest first.
select appid, kind, original_id, secret, name, token, aes_key, push_url, is_push_safe, can_publish,
       web_domains, js_domains
  from sandbox.accounts
 order by registered_at, appid;

-- account_by_appid
-- One account.
select appid, kind, original_id, secret, name, token, aes_key, push_url, is_push_safe, can_publish,
       web_domains, js_domains
  from sandbox.accounts
 where appid = :appid::text;

-- merchants
-- Every merchant, the oldest first.
select mchid, name, apiv3_key, serial, certificate_pem, private_pem, signing_mode
  from sandbox.merchants
 order by registered_at, mchid;

-- merchant_by_mchid
-- One merchant.
select mchid, name, apiv3_key, serial, certificate_pem, private_pem, signing_mode
  from sandbox.merchants
 where mchid = :mchid::text;

-- bindings
-- Who may be paid where.
select appid, mchid from sandbox.bindings;

-- people
-- Everybody, the oldest first.
select person_id, name, avatar, phone, city, latitude, longitude, unionid, pay_password,
       is_snapshot, balance_fen
  from sandbox.people
 order by person_id;

-- person_by_id
-- One person.
select person_id, name, avatar, phone, city, latitude, longitude, unionid, pay_password,
       is_snapshot, balance_fen
  from sandbox.people
 where person_id = :person_id::bigint;

-- person_by_name
-- Whom an account knows by this name.
select person.person_id, person.name, person.avatar, person.phone, person.city, person.latitude,
       person.longitude, person.unionid, person.pay_password, person.is_snapshot,
       person.balance_fen
  from sandbox.openids as known
  join sandbox.people as person on person.person_id = known.person_id
 where known.appid = :appid::text and known.openid = :openid::text;

-- openid_by_person
-- The name that an account knows a person by.
select openid
  from sandbox.openids
 where appid = :appid::text and person_id = :person_id::bigint;

-- add_account
-- Register an account.
insert into sandbox.accounts
       (appid, kind, original_id, secret, name, token, aes_key, push_url, is_push_safe,
        can_publish, web_domains, js_domains, registered_at)
values (:appid::text, :kind::text, :original_id::text, :secret::text, :name::text, :token::text,
        :aes_key::text, :push_url::text, :is_push_safe::boolean, :can_publish::boolean,
        :web_domains::text[], :js_domains::text[], :now);

-- change_account
-- Set where an account is pushed to and how, and its domains.
update sandbox.accounts
   set push_url = :push_url::text, is_push_safe = :is_push_safe::boolean,
       can_publish = :can_publish::boolean, web_domains = :web_domains::text[],
       js_domains = :js_domains::text[]
 where appid = :appid::text;

-- add_merchant
-- Register a merchant.
insert into sandbox.merchants
       (mchid, name, apiv3_key, serial, certificate_pem, private_pem, signing_mode, registered_at)
values (:mchid::text, :name::text, :apiv3_key::text, :serial::text, :certificate_pem::text,
        :private_pem::text, :signing_mode::text, :now);

-- set_signing_mode
-- Choose by which means WeChat signs for a merchant.
update sandbox.merchants set signing_mode = :signing_mode::text where mchid = :mchid::text;

-- bind
-- Let every merchant be paid in every account.
insert into sandbox.bindings (appid, mchid)
select account.appid, merchant.mchid
  from sandbox.accounts as account
 cross join sandbox.merchants as merchant
    on conflict do nothing;

-- add_person
-- Make a person.
insert into sandbox.people (name, avatar, phone, city, latitude, longitude, unionid, born_at)
values (:name::text, :avatar::text, :phone::text, :city::text, :latitude::text, :longitude::text,
        :unionid::text, :now)
returning person_id, name, avatar, phone, city, latitude, longitude, unionid, pay_password,
          is_snapshot, balance_fen;

-- add_openids
-- Give people their names in accounts.
insert into sandbox.openids (appid, openid, person_id)
select * from unnest(:appids::text[], :openids::text[], :person_ids::bigint[])
    on conflict do nothing;

-- change_person
-- Set what a test wants different about a person.
update sandbox.people
   set is_snapshot = :is_snapshot::boolean, balance_fen = :balance_fen::bigint,
       pay_password = :pay_password::text
 where person_id = :person_id::bigint;
