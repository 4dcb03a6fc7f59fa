-- add_link
-- Keep a way into a page.
insert into sandbox.program_links (link, appid, kind, path, query, made_at, expires_at)
values (:link::text, :appid::text, :kind::text, :path::text, :query::text, :now,
        :expires_at::timestamptz);

-- way_of
-- Where a code or a link leads.
select appid, path, query, expires_at from sandbox.program_links where link = :link::text;
