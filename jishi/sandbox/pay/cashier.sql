-- shown_orders
-- The orders of a bill in their places, each with its merchant.
select bill.mchid, merchant.name as payee, combined.mchid as combiner,
       combiner.name as combiner_name, bill.appid, bill.trade_type, bill.description,
       bill.total_fen, bill.openid, bill.usable_until, bill.expires_at, bill.closed_at,
       bill.paid_at, bill.refunded_fen
  from sandbox.orders as bill
  join sandbox.merchants as merchant on merchant.mchid = bill.mchid
  left join sandbox.combined_orders as combined on combined.combined_id = bill.combined_id
  left join sandbox.merchants as combiner on combiner.mchid = combined.mchid
 where bill.prepay_id = :prepay_id::text
 order by bill.place;

-- locked_bill
-- The orders of a bill, locked: what expires, is closed or is paid at this moment takes its turn.
select order_id, mchid, appid, combined_id, place, out_trade_no, prepay_id, trade_type, description,
       attach, total_fen, openid, notify_url, device_id, bank_type, is_sharing, asked, made_at,
       usable_until, expires_at, closed_at, tried, tried_at, transaction_id, person_id,
       payer_openid, paid_at, refunds, refunded_fen
  from sandbox.orders
 where prepay_id = :prepay_id::text
 order by place
   for no key update;

-- bill_to_pay
-- The same, each with who wants to pay it: the person, or whoever bears this name in its account,
-- or who is to pay it; and when anybody may, the first of all people.
select bill.order_id, bill.mchid, bill.appid, bill.combined_id, bill.place, bill.out_trade_no,
       bill.prepay_id, bill.trade_type, bill.description, bill.attach, bill.total_fen, bill.openid,
       bill.notify_url, bill.device_id, bill.bank_type, bill.is_sharing, bill.asked, bill.made_at,
       bill.usable_until, bill.expires_at, bill.closed_at, bill.tried, bill.tried_at,
       bill.transaction_id, bill.person_id, bill.payer_openid, bill.paid_at, bill.refunds,
       bill.refunded_fen, payer.person_id as payer_id, known.openid as payer_name,
       payer.pay_password, slip.wrong, slip.locked_until
  from sandbox.orders as bill
  left join sandbox.people as payer on payer.person_id = coalesce(
           :person_id::bigint,
           (select named.person_id from sandbox.openids as named
             where named.appid = bill.appid
               and named.openid = coalesce(nullif(:openid::text, ''), bill.openid)),
           (select min(anybody.person_id) from sandbox.people as anybody
             where :openid::text = '' and bill.openid = ''))
  left join sandbox.openids as known on known.appid = bill.appid
                                    and known.person_id = payer.person_id
  left join sandbox.wrong_passwords as slip on slip.person_id = payer.person_id
 where bill.prepay_id = :prepay_id::text
 order by bill.place
   for no key update of bill;

-- take
-- Take the money from the payer's purse, and pay all orders of the bill or none.
with taken as (
    update sandbox.people
       set balance_fen = balance_fen - :total_fen::bigint
     where person_id = :person_id::bigint and balance_fen >= :total_fen::bigint
    returning person_id
), paid as (
    update sandbox.orders as bill
       set transaction_id = own.transaction_id, person_id = taken.person_id,
           payer_openid = :openid::text, paid_at = :now, tried = '', tried_at = null
      from taken,
           unnest(:order_ids::bigint[], :transaction_ids::text[]) as own (order_id, transaction_id)
     where bill.order_id = own.order_id
    returning bill.order_id
)
select count(*) as paid from paid;

-- mark_try
-- Remember how a try to pay failed.
update sandbox.orders
   set tried = :tried::text, tried_at = :now
 where prepay_id = :prepay_id::text;

-- count_wrong
-- Count a wrong password.
insert into sandbox.wrong_passwords (person_id, wrong, locked_until)
values (:person_id::bigint, :wrong::integer, :locked_until::timestamptz)
    on conflict (person_id) do update set wrong = excluded.wrong,
       locked_until = excluded.locked_until;

-- forget_wrong
-- Forget the wrong passwords of whoever typed the right one.
delete from sandbox.wrong_passwords
 where person_id = :person_id::bigint;
