-- write
update money.attempts as attempt
   set way = prepaid.way, code_url = prepaid.code_url
  from unnest(:attempt_ids::bigint[], :ways::text[], :code_urls::text[])
    as prepaid (attempt_id, way, code_url)
 where attempt.book = :book and attempt.attempt_id = prepaid.attempt_id;
