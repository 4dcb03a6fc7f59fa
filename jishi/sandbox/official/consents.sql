-- give
-- Give one's word for each of these templates.
insert into sandbox.message_consents (appid, person_id, template_id, scene, is_long_term, given_at)
select :appid::text, :person_id::bigint, chosen.template_id, :scene::text,
       coalesce(template.is_long_term, false), :now
  from unnest(:template_ids::text[]) as chosen (template_id)
  left join sandbox.templates as template
    on template.appid = :appid::text and template.template_id = chosen.template_id;

-- spend_consent
-- Spend the oldest word; two that want it at the same moment do not both have it.
update sandbox.message_consents as given
   set spent_at = case when given.is_long_term then null else :now::timestamptz end
 where given.consent_id = (
           select oldest.consent_id
             from sandbox.message_consents as oldest
            where oldest.appid = :appid::text and oldest.person_id = :person_id::bigint
              and oldest.template_id = :template_id::text and oldest.scene = :scene::text
              and oldest.spent_at is null
            order by oldest.consent_id
            limit 1
              for update skip locked)
returning given.consent_id;

-- withdraw
-- Take back one's word for these templates.
update sandbox.message_consents
   set spent_at = :now
 where appid = :appid::text and person_id = :person_id::bigint
   and template_id = any(:template_ids::text[]) and spent_at is null;
