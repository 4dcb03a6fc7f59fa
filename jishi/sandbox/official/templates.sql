-- put_industry
-- Choose two industries.
insert into sandbox.industries (appid, first_id, second_id, changed_at)
values (:appid::text, :first_id::text, :second_id::text, :now)
    on conflict (appid) do update
       set first_id = excluded.first_id, second_id = excluded.second_id, changed_at = :now;

-- industry
-- The industries of an account.
select first_id, second_id from sandbox.industries where appid = :appid::text;

-- add_template
-- Keep a template for an account.
insert into sandbox.templates (appid, template_id, kind, short_id, title, content, example,
                               primary_industry, deputy_industry, is_long_term, added_at)
values (:appid::text, :template_id::text, :kind::text, :short_id::text, :title::text,
        :content::text, :example::text, :primary_industry::text, :deputy_industry::text,
        :is_long_term::boolean, :now);

-- templates
-- The templates of an account, of one kind.
select template_id, kind, short_id, title, content, example, primary_industry, deputy_industry,
       is_long_term
  from sandbox.templates
 where appid = :appid::text and kind = :kind::text and deleted_at is null
 order by added_at, template_id;

-- template_by_id
-- One template of an account.
select template_id, kind, short_id, title, content, example, primary_industry, deputy_industry,
       is_long_term
  from sandbox.templates
 where appid = :appid::text and template_id = :template_id::text and kind = :kind::text
   and deleted_at is null;

-- drop_template
-- Give a template back.
update sandbox.templates
   set deleted_at = :now
 where appid = :appid::text and template_id = :template_id::text and kind = :kind::text
   and deleted_at is null
returning template_id;
