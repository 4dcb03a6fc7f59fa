-- file_of
-- A bill that can still be fetched by whose it is.
select content, is_zip
  from sandbox.bill_files
 where token = :token::text and mchid = :mchid::text and until_at >= :now;
