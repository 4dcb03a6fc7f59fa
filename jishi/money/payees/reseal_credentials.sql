-- write
update money.credentials as held
   set sealed = given.sealed
  from unnest(:versions::bigint[], :seals::text[]) as given (version, sealed)
 where held.book = :book and held.version = given.version;
