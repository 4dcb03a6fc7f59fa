-- write
update money.credentials
   set retired_at = :now
 where book = :book and version = any(:versions::bigint[]);
