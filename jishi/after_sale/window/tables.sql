-- The window in which a buyer may ask: when it is over, his order is completed.
create index orders_in_their_window on trade.orders (book, order_id) where state = 'received';

-- The sweeper sees only which windows are over, in no book and for no person.
create function after_sale.windows_over(waited interval, orders_max integer)
    returns table (book bigint, order_id bigint)
    language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    select placed.book, placed.order_id
      from trade.orders as placed
      join trade.order_steps as step
        on step.book = placed.book and step.order_id = placed.order_id
       and step.state = 'received'
     where placed.state = 'received' and step.at <= clock_timestamp() - waited
       and not exists (select from after_sale.cases as wanted
                        where wanted.book = placed.book and wanted.order_id = placed.order_id
                          and wanted.state not in ('done', 'closed'))
       and not exists (select from money.refunds as refund
                        where refund.book = placed.book and refund.order_id = placed.order_id
                          and refund.state not in ('succeeded', 'closed'))
     order by step.at limit orders_max
$$;
create function after_sale.windows_open(waited interval)
    returns table (due bigint, live bigint)
    language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    select count(*) filter (where step.at <= clock_timestamp() - waited), count(*)
      from trade.orders as placed
      join trade.order_steps as step
        on step.book = placed.book and step.order_id = placed.order_id
       and step.state = 'received'
     where placed.state = 'received'
       and not exists (select from after_sale.cases as wanted
                        where wanted.book = placed.book and wanted.order_id = placed.order_id
                          and wanted.state not in ('done', 'closed'))
$$;
alter function after_sale.windows_over(interval, integer) owner to jishi_verifier;
alter function after_sale.windows_open(interval) owner to jishi_verifier;
revoke execute on function after_sale.windows_over(interval, integer),
    after_sale.windows_open(interval) from public;
grant execute on function after_sale.windows_over(interval, integer),
    after_sale.windows_open(interval) to jishi_app;

create view after_sale.no_order_is_completed_while_a_case_is_open with (security_invoker) as
select wanted.book, wanted.order_id, wanted.case_id, wanted.state
  from after_sale.cases as wanted
  join trade.orders as placed
    on placed.book = wanted.book and placed.order_id = wanted.order_id
 where placed.state = 'completed' and wanted.state not in ('done', 'closed');

insert into kernel.promises (promise, sentence, examined) values
    ('after_sale.no_order_is_completed_while_a_case_is_open',
     'No order is completed while somebody still wants something of it.', 'after_sale.cases');

grant select on after_sale.no_order_is_completed_while_a_case_is_open to jishi_verifier;

-- What cases owe that is not asked of WeChat yet.
create view after_sale.cases_owed with (security_invoker) as
select wanted.book, wanted.case_id, wanted.order_id, wanted.state, wanted.refund_fen
  from after_sale.cases as wanted
 where wanted.state not in ('done', 'closed') and not wanted.is_replaced
   and not exists (select from money.refunds as refund
                    where refund.book = wanted.book and refund.order_id = wanted.order_id
                      and refund.reason = 'after_sale' and refund.cause_id = wanted.case_id
                      and refund.state <> 'closed');

-- What was paid for an order and is neither back nor on its way back.
create view after_sale.money_left with (security_invoker) as
select placed.book, placed.order_id,
       (select coalesce(sum(attempt.amount_fen), 0) from money.attempts as attempt
         where attempt.book = placed.book and attempt.order_id = placed.order_id
           and attempt.state = 'paid')::bigint
       - (select coalesce(sum(refund.amount_fen), 0) from money.refunds as refund
           where refund.book = placed.book and refund.order_id = placed.order_id
             and refund.state <> 'closed')::bigint as left_fen
  from trade.orders as placed;

create view after_sale.no_order_owes_more_than_is_left_of_it with (security_invoker) as
select owed.book, owed.order_id, owed.fen, left_of.left_fen
  from (select book, order_id, sum(refund_fen) as fen from after_sale.cases_owed
         group by book, order_id) as owed
  join after_sale.money_left as left_of
    on left_of.book = owed.book and left_of.order_id = owed.order_id
 where owed.fen > left_of.left_fen
   -- What was given back just now is told to its cases in a moment.
   and not exists (select from money.refunds as just
                    where just.book = owed.book and just.order_id = owed.order_id
                      and just.reason = 'external'
                      and just.asked_at > now() - interval '10 minutes');

insert into kernel.promises (promise, sentence, examined) values
    ('after_sale.no_order_owes_more_than_is_left_of_it',
     'What open cases of an order want back is still there to be given.', 'after_sale.cases');

grant select on after_sale.cases_owed, after_sale.money_left to jishi_app;
grant select on after_sale.cases_owed, after_sale.money_left,
    after_sale.no_order_owes_more_than_is_left_of_it to jishi_verifier;
