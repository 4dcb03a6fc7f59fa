-- When the window of after-sale is over, an order is completed.
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
