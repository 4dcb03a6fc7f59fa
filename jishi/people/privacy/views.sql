-- consents_of
-- What a person said, the newest first.
select purpose, version, is_given, place, said_at
  from people.consents
 where book = :of_book and person_id = :person_id
 order by number desc
 limit :sayings_max::int;

-- kept_of
select (select count(*) from people.addresses as address
         where address.book = :of_book and address.person_id = :person_id) as addresses,
       (select count(*) from people.identities as identity
         where identity.person_id = :person_id) as identities,
       (select count(*) from people.sessions as session
         where session.book = :of_book and session.person_id = :person_id
           and session.closed_at is null and session.ends_at > now()) as sessions;

-- sessions_of
select opened_at, ends_at, closed_at
  from people.sessions
 where book = :of_book and person_id = :person_id
 order by opened_at desc
 limit :sayings_max::int;

-- addresses_of
-- Every version of every address, in use or not.
select address.address_id, address.division, address.sealed, address.saved_at, removal.removed_at
  from people.addresses as address
  left join people.removals as removal
    on removal.book = address.book and removal.address_id = address.address_id
 where address.book = :of_book and address.person_id = :person_id
 order by address.address_id desc
 limit :sayings_max::int;

-- identities_of
select kind, appid, sealed, recognised_at
  from people.identities
 where person_id = :person_id
 order by recognised_at desc
 limit :sayings_max::int;
