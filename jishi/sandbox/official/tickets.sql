-- current
-- The ticket that is good now.
select ticket, expires_at
  from sandbox.page_tickets
 where appid = :appid::text and kind = :kind::text and expires_at > :now
 order by expires_at desc
 limit 1;

-- add_ticket
-- Keep a ticket.
insert into sandbox.page_tickets (ticket, appid, kind, made_at, expires_at)
values (:ticket::text, :appid::text, :kind::text, :now, :expires_at::timestamptz);

-- signer
-- What a page of an account may be signed with, where it may be, and whether it may pay.
select account.js_domains,
       array(select ticket from sandbox.page_tickets as held
              where held.appid = account.appid and held.kind = 'jsapi'
                and held.expires_at > :now) as tickets,
       exists (select from sandbox.bindings as bound
                where bound.appid = account.appid) as is_bound
  from sandbox.accounts as account
 where account.appid = :appid::text;
