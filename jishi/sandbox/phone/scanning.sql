-- scene_codes
-- The codes with a parameter that still lead somewhere, the newest first.
select code.url, account.name,
       case code.scene_str when '' then code.scene_id::text else code.scene_str end as parameter,
       code.made_at
  from sandbox.qr_codes as code
  join sandbox.accounts as account on account.appid = code.appid
 where code.expires_at is null or code.expires_at > :now
 order by code.made_at desc
 limit :codes_max::integer;

-- owed_codes
-- What waits to be paid by a code, the newest first; combined orders are one.
select bill.prepay_id, bill.combined_id is not null as is_combined,
       min(merchant.name) as payee, min(bill.description) as description,
       sum(bill.total_fen)::bigint as total_fen
  from sandbox.orders as bill
  join sandbox.merchants as merchant on merchant.mchid = bill.mchid
 where bill.trade_type = 'NATIVE' and bill.paid_at is null and bill.closed_at is null
   and bill.usable_until > :now and bill.expires_at > :now
 group by bill.prepay_id, bill.combined_id
 order by max(bill.made_at) desc
 limit :codes_max::integer;
