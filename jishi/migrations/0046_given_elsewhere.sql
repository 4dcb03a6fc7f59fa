-- What a merchant gives back in WeChat's own console is not given by a case again.
create or replace view after_sale.no_case_is_done_without_its_money with (security_invoker) as
select wanted.book, wanted.case_id, wanted.refund_fen, back.amount_fen
  from after_sale.cases as wanted
  left join (select book, cause_id, sum(amount_fen) as amount_fen from money.refunds
              where reason = 'after_sale' and state = 'succeeded'
              group by book, cause_id) as back
    on back.book = wanted.book and back.cause_id = wanted.case_id
 where case when wanted.state = 'done' and not wanted.is_replaced
            then coalesce(back.amount_fen, 0) is distinct from wanted.refund_fen
            else wanted.state in ('closed', 'done') and back.amount_fen is not null end;

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
