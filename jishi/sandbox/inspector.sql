-- add_exchanges
-- Keep a batch of exchanges.
insert into sandbox.exchanges
       (noted_at, direction, operation, method, url, request_headers, request_body, status,
        answer_headers, answer_body, signed_message, trouble, took_ms)
select *
  from unnest(:noted_at::timestamptz[], :direction::text[], :operation::text[], :method::text[],
              :url::text[], :request_headers::text[], :request_body::text[], :status::integer[],
              :answer_headers::text[], :answer_body::text[], :signed_message::text[],
              :trouble::text[], :took_ms::integer[]);

-- forget_exchanges
-- Let the oldest go.
delete from sandbox.exchanges
 where exchange_id <= (select max(last.exchange_id) from sandbox.exchanges as last)
                      - :kept_max::bigint;

-- lines
-- The exchanges before this one, the newest first; empty texts filter nothing.
select exchange_id, noted_at, direction, operation, method, url, status, trouble, took_ms
  from sandbox.exchanges
 where exchange_id < :before::bigint
   and direction like :direction::text || '%'
   and (:text::text = '' or position(:text::text in operation || ' ' || url) > 0)
   and (not :is_trouble::boolean or trouble <> '' or status >= 400)
 order by exchange_id desc
 limit :lines_max::integer;

-- whole
-- One exchange with everything.
select exchange_id, noted_at, direction, operation, method, url, request_headers, request_body,
       status, answer_headers, answer_body, signed_message, trouble, took_ms
  from sandbox.exchanges
 where exchange_id = :exchange_id::bigint;
