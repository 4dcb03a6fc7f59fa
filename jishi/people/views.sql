-- kept_key
select wrapped_key
  from people.persons
 where book = :of_book and person_id = :person_id;

-- wrapped_keys
-- The data keys of a book, a batch at a time. Read in that book.
select person_id, wrapped_key
  from people.persons
 where book = :of_book and person_id > :after and wrapped_key is not null
 order by person_id
 limit :keys_max::int;

-- kept_name
select sealed
  from people.names
 where book = :of_book and person_id = :person_id;

-- kept_addresses
-- The addresses that a person uses: the one his checkout begins with, then the newest.
select address.address_id, address.division, address.sealed,
       chosen.address_id is not null as is_default
  from people.addresses as address
  left join people.defaults as chosen
    on chosen.book = address.book and chosen.address_id = address.address_id
 where address.book = :of_book and address.person_id = :person_id
   and not exists (select from people.removals as removal
                    where removal.book = :of_book and removal.address_id = address.address_id)
 order by chosen.address_id is null, address.address_id desc
 limit :addresses_max::int;

-- kept_address
-- An address of a person, in use or not.
select address.address_id, address.division, address.sealed,
       chosen.address_id is not null as is_default
  from people.addresses as address
  left join people.defaults as chosen
    on chosen.book = address.book and chosen.address_id = address.address_id
 where address.book = :of_book and address.person_id = :person_id
   and address.address_id = :address_id;

-- identity
-- Whose this is, by its digest. Read in its book.
select person_id
  from people.identities
 where book = :of_book and digest = :digest;

-- identities_of
-- What a person is recognised by, the newest first.
select identity.kind, identity.appid, identity.sealed, identity.digest
  from people.identities as identity
 where identity.person_id = :person_id
 order by identity.recognised_at desc
 limit :identities_max::int;

-- standing
-- Whether a session goes on, and whether its id was ever signed in with.
select coalesce(bool_or(session_id = :session_id and closed_at is null
                        and ends_at > clock_timestamp()), false) as is_in,
       count(*) > 0 as is_person
  from people.sessions
 where book = :of_book and person_id = :person_id;

-- waiting_code
-- A code that waits to be sent, and still serves. Read in its book.
select kind, sealed
  from people.codes
 where book = :of_book and code_id = :code_id and sent_at is null
   and asked_at > clock_timestamp() - interval '10 min';
