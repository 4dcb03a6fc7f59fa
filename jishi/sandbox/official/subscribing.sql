-- askable
-- Which of these notices the account has.
select template_id
  from sandbox.templates
 where appid = :appid::text and kind = 'notice' and deleted_at is null
   and template_id = any(:template_ids::text[]);
