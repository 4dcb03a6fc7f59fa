-- add_order
-- Make an order known, unless its number is taken or its payer is nobody's name in the account.
insert into sandbox.orders
       (mchid, appid, out_trade_no, prepay_id, trade_type, description, attach, total_fen, openid,
        notify_url, device_id, bank_type, is_sharing, asked, made_at, usable_until, expires_at)
select :mchid::text, :appid::text, :out_trade_no::text, :prepay_id::text, :trade_type::text,
       :description::text, :attach::text, :total_fen::bigint, :openid::text, :notify_url::text,
       :device_id::text, :bank_type::text, :is_sharing::boolean, :asked::text, :now,
       :usable_until::timestamptz, :expires_at::timestamptz
 where :openid::text = ''
    or exists (select from sandbox.openids as known
                where known.appid = :appid::text and known.openid = :openid::text)
    on conflict (mchid, out_trade_no) do nothing
returning prepay_id;

-- renew
-- Give the orders of an old prepay_id a new one.
update sandbox.orders
   set prepay_id = :prepay_id::text, usable_until = :usable_until::timestamptz
 where prepay_id = :known::text;
