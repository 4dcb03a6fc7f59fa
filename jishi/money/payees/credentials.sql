-- of_book
-- All versions of a shop's credentials, the newest first; what is retired still reads and refunds.
select version, mchid, serial, public_key_id, last_four, sealed, from_at, retired_at
  from money.credentials
 where book = :book
 order by version desc;

-- books
select book from money.books_with_credentials(:books_max::int);
