-- put_path
-- Say where the messages about shipping lead.
insert into sandbox.shipping_paths (appid, path)
values (:appid::text, :path::text)
    on conflict (appid) do update set path = excluded.path;

-- path_of
-- Where the messages about shipping lead.
select path from sandbox.shipping_paths where appid = :appid::text;
