-- persons
-- Those of them who were met and are not forgotten.
select person.person_id, coalesce(chosen.address_id, 0) as default_id
  from people.persons as person
  left join people.defaults as chosen
    on chosen.book = person.book and chosen.person_id = person.person_id
 where person.book = :book and person.person_id = any(:person_ids::bigint[])
   and person.wrapped_key is not null;

-- addresses_in_use
select address.person_id, address.address_id
  from people.addresses as address
 where address.book = :book and address.person_id = any(:person_ids::bigint[])
   and not exists (select from people.removals as removal
                    where removal.book = :book and removal.address_id = address.address_id);

-- ids_taken
select address_id
  from people.addresses
 where book = :book and address_id = any(:address_ids::bigint[]);

-- remove
insert into people.removals (book, address_id, person_id, removed_at)
select :book, gone.address_id, gone.person_id, :now
  from unnest(:address_ids::bigint[], :person_ids::bigint[]) as gone (address_id, person_id);

-- forget_defaults
delete from people.defaults
 where book = :book and address_id = any(:address_ids::bigint[]);
