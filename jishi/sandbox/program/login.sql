-- add_code
-- Keep a code.
insert into sandbox.program_codes (code, appid, person_id, kind, made_at)
values (:code::text, :appid::text, :person_id::bigint, :kind::text, :now);

-- code_by_text
-- A code, locked: of two who bring it, one comes second.
select appid, person_id, kind, made_at, used_at
  from sandbox.program_codes
 where code = :code::text
   for no key update;

-- use_code
-- A code was used.
update sandbox.program_codes set used_at = :now where code = :code::text;

-- put_session
-- A new session's key takes the place of the last.
insert into sandbox.program_sessions (appid, person_id, session_key, made_at)
values (:appid::text, :person_id::bigint, :session_key::text, :now)
    on conflict (appid, person_id)
    do update set session_key = excluded.session_key, made_at = excluded.made_at;

-- session_of
-- The key of a person's session.
select session_key
  from sandbox.program_sessions
 where appid = :appid::text and person_id = :person_id::bigint;

-- session_by_openid
-- The key of the session of a name.
select session.session_key
  from sandbox.openids as known
  join sandbox.program_sessions as session
    on session.appid = known.appid and session.person_id = known.person_id
 where known.appid = :appid::text and known.openid = :openid::text;
