-- Payments over several shops: each part's attempt keeps the whole that it is a part of.
alter table money.attempts add column combined jsonb;
comment on column money.attempts.combined is
    'The payment over several shops that it is a part of, with all its parts; none when alone.';
create index attempts_of_a_combined_payment on money.attempts ((combined ->> 'combined_id'))
    where combined is not null;

create view money.every_combined_payment_is_taken_whole with (security_invoker) as
select part.book, part.attempt_id, part.order_id, part.state
  from money.attempts as part
 where part.combined is not null and part.state <> 'paid'
   and part.started_at < now() - interval '1 hour'
   and exists (select from money.attempts as other
                where other.combined ->> 'combined_id' = part.combined ->> 'combined_id'
                  and other.state = 'paid')
   and not exists (select from money.exceptions as told
                    where told.book = part.book
                      and told.out_trade_no = lpad(to_hex(part.book), 16, '0')
                                              || lpad(to_hex(part.attempt_id), 16, '0'));

insert into kernel.promises (promise, sentence, examined) values
    ('money.every_combined_payment_is_taken_whole',
     'When a part of a payment over several shops is taken, all are within the hour, or told of.',
     'money.attempts');

grant select on money.every_combined_payment_is_taken_whole to jishi_verifier;
