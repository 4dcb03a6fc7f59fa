-- 0018: What after-sale promises of its refunds.
create view after_sale.no_case_is_refunded_twice with (security_invoker) as
select wanted.book, wanted.case_id, wanted.refund_fen, sum(refund.amount_fen) as asked_fen
  from after_sale.cases as wanted
  join money.refunds as refund
    on refund.book = wanted.book and refund.cause_id = wanted.case_id
   and refund.reason = 'after_sale'
 where refund.state <> 'closed'
 group by wanted.book, wanted.case_id, wanted.refund_fen
having sum(refund.amount_fen) > wanted.refund_fen;

create view after_sale.no_case_is_done_without_its_money with (security_invoker) as
select wanted.book, wanted.case_id, wanted.refund_fen, back.amount_fen
  from after_sale.cases as wanted
  left join (select book, cause_id, sum(amount_fen) as amount_fen from money.refunds
              where reason = 'after_sale' and state = 'succeeded'
              group by book, cause_id) as back
    on back.book = wanted.book and back.cause_id = wanted.case_id
 where case when wanted.state = 'done' and not wanted.is_replaced
            then back.amount_fen is distinct from wanted.refund_fen
            else wanted.state in ('closed', 'done') and back.amount_fen is not null end;

insert into kernel.promises (promise, sentence, examined) values
    ('after_sale.no_case_is_refunded_twice',
     'No after-sale case gives back more than was agreed, however often it is asked.',
     'after_sale.cases'),
    ('after_sale.no_case_is_done_without_its_money',
     'An after-sale case that is done has its refund, to the fen, or its replacement.',
     'after_sale.cases');

grant select on after_sale.no_case_is_refunded_twice,
    after_sale.no_case_is_done_without_its_money to jishi_verifier;
