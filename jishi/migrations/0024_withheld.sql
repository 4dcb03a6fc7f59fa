-- What was not sent is not handed out while its money is asked back.
create table fulfilment.withheld (
    book     bigint not null,
    cause_id bigint not null,
    order_id bigint not null,
    primary key (book, cause_id),
    foreign key (book, order_id) references trade.orders
);
comment on column fulfilment.withheld.cause_id is 'What withholds it: an after-sale case.';
create index withheld_orders on fulfilment.withheld (book, order_id);

alter table fulfilment.withheld enable row level security;
alter table fulfilment.withheld force row level security;
create policy one_book on fulfilment.withheld
    using (book = (select nullif(current_setting('jishi.book', true), '')::bigint));
create policy the_verifier_sees_all on fulfilment.withheld for select
    to jishi_verifier using (true);
grant select, insert, delete on fulfilment.withheld to jishi_app;
grant select on fulfilment.withheld to jishi_verifier;

insert into fulfilment.withheld (book, cause_id, order_id)
select book, case_id, order_id from after_sale.cases
 where not is_shipped and state not in ('refunding', 'refund_stuck', 'done', 'closed');

create view after_sale.unsent_goods_are_withheld_while_a_case_is_open with (security_invoker) as
select coalesce(wanted.book, kept.book) as book, coalesce(wanted.case_id, kept.cause_id) as case_id,
       wanted.state, kept.order_id as withheld_order_id
  from (select book, case_id, order_id, state from after_sale.cases
         where not is_shipped
           and state not in ('refunding', 'refund_stuck', 'done', 'closed')) as wanted
  full join fulfilment.withheld as kept
    on kept.book = wanted.book and kept.cause_id = wanted.case_id
   and kept.order_id = wanted.order_id
 where wanted.case_id is null or kept.cause_id is null;

insert into kernel.promises (promise, sentence, examined) values
    ('after_sale.unsent_goods_are_withheld_while_a_case_is_open',
     'What was not sent is not handed out while its money is asked back.', 'after_sale.cases');
grant select on after_sale.unsent_goods_are_withheld_while_a_case_is_open to jishi_verifier;
