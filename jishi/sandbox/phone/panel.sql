-- page_calls
-- What pages asked of WeChat, the newest first.
select exchange_id, noted_at, operation, url, request_body, answer_body,
       coalesce(substring(answer_body from '"err_?[mM]sg": ?"([^"]*)"'), '') as said,
       signed_message, trouble
  from sandbox.exchanges
 where method = :method::text
 order by exchange_id desc
 limit :lines_max::integer;

-- spoken_lines
-- What was said with servers, the newest first; what drives the sandbox itself is left out.
select exchange_id, noted_at, direction, operation, method, url, status, trouble, took_ms
  from sandbox.exchanges
 where method <> :method::text and operation not like '/sandbox/%'
   and direction like :direction::text || '%'
   and (:text::text = '' or position(:text::text in operation || ' ' || url) > 0)
   and (not :is_trouble::boolean or trouble <> '' or status >= 400)
 order by exchange_id desc
 limit :lines_max::integer;
