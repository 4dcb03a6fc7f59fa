-- Orders that were paid and are picked up, before there were vouchers, get theirs.
alter table trade.orders no force row level security;
alter table trade.order_steps no force row level security;
insert into kernel.todos (book, number, reaction, event_at, due_at)
select placed.book, step.number,
       case when step.reason = 'payment_taken' then 'fulfilment.issue_voucher'
            else 'fulfilment.issue_voucher_of_free' end,
       step.at, now()
  from trade.orders as placed
  join lateral (select paid.number, paid.reason, paid.at from trade.order_steps as paid
                 where paid.book = placed.book and paid.order_id = placed.order_id
                   and paid.state = 'paid'
                 order by paid.number desc limit 1) as step on true
 where placed.delivery = 'pickup' and placed.state = 'paid'
    on conflict (book, number, reaction) do nothing;
alter table trade.orders force row level security;
alter table trade.order_steps force row level security;
