-- write
update money.attempts as attempt
   set code_url = prepaid.code_url
  from unnest(:attempt_ids::bigint[], :code_urls::text[]) as prepaid (attempt_id, code_url)
 where attempt.book = :book and attempt.attempt_id = prepaid.attempt_id;
