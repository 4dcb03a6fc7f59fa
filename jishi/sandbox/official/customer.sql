-- last_word
-- When a person last said something to an account.
select max(said_at) as said_at
  from sandbox.messages
 where appid = :appid::text and person_id = :person_id::bigint and is_from_person;
