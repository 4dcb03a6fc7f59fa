-- known
-- Those of them who were met and are not forgotten.
select person_id
  from people.persons
 where book = :book and person_id = any(:person_ids::bigint[]) and wrapped_key is not null;

-- taken
select session_id
  from people.sessions
 where book = :book and session_id = any(:session_ids::bigint[]);

-- write
insert into people.sessions (book, session_id, person_id, opened_at, ends_at)
select :book, opened.session_id, opened.person_id, :now, :ends_at::timestamptz
  from unnest(:session_ids::bigint[], :person_ids::bigint[]) as opened (session_id, person_id);
