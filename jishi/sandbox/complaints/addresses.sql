-- put_address
-- Keep where a merchant wants to hear of complaints.
insert into sandbox.complaint_addresses (mchid, url) values (:mchid::text, :url::text)
    on conflict (mchid) do update set url = excluded.url;

-- drop_address
-- Forget it.
delete from sandbox.complaint_addresses where mchid = :mchid::text;
