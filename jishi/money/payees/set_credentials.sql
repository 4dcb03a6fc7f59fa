-- write
insert into money.credentials (book, version, mchid, serial, public_key_id, last_four, sealed,
                               from_at)
select :book, version, mchid, serial, public_key_id, last_four, sealed, :now
  from unnest(:versions::bigint[], :mchids::text[], :serials::text[], :public_key_ids::text[],
              :last_fours::text[], :seals::text[])
    as given (version, mchid, serial, public_key_id, last_four, sealed);
