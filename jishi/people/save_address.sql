-- write
insert into people.addresses (book, address_id, person_id, division, sealed, saved_at)
select :book, saved.address_id, saved.person_id, saved.division, saved.sealed, :now
  from unnest(:address_ids::bigint[], :person_ids::bigint[], :divisions::text[], :seals::bytea[])
       as saved (address_id, person_id, division, sealed);

-- choose
insert into people.defaults (book, person_id, address_id, chosen_at)
select :book, chosen.person_id, chosen.address_id, :now
  from unnest(:person_ids::bigint[], :address_ids::bigint[]) as chosen (person_id, address_id)
on conflict (book, person_id) do update
   set address_id = excluded.address_id, chosen_at = excluded.chosen_at;
