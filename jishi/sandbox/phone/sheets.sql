-- notice_templates
-- Which of these notices an account may ask to send.
select template_id, title
  from sandbox.templates
 where appid = :appid::text and template_id = any (:template_ids::text[]) and deleted_at is null
 order by title;

-- payments
-- What a person paid, the newest first.
select coalesce(bill.transaction_id, '') as transaction_id, merchant.name as payee,
       bill.description, bill.total_fen, coalesce(bill.paid_at, bill.made_at) as paid_at
  from sandbox.orders as bill
  join sandbox.merchants as merchant on merchant.mchid = bill.mchid
 where bill.person_id = :person_id::bigint and bill.paid_at is not null
 order by bill.paid_at desc
 limit :payments_max::integer;
