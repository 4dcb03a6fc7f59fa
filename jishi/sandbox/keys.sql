-- all_keys
-- Every platform key, the newest last.
select serial, kind, private_pem, certificate_pem, effective_at, expires_at
  from sandbox.platform_keys
 order by effective_at, serial;

-- add_key
-- Keep a key.
insert into sandbox.platform_keys
       (serial, kind, private_pem, certificate_pem, effective_at, expires_at)
values (:serial::text, :kind::text, :private_pem::text, :certificate_pem::text, :now,
        :expires_at::timestamptz);
