-- add_file
-- Keep a bill to be fetched; those that cannot be fetched any more go.
with gone as (
    delete from sandbox.bill_files where until_at < :now
)
insert into sandbox.bill_files (token, mchid, content, is_zip, until_at)
values (:token::text, :mchid::text, :content::bytea, :is_zip::boolean, :until_at::timestamptz);
