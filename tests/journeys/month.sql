-- What happened, counted in the raw tables of each trade, by the words of the vocabulary.
with newest as (
    select max((at at time zone 'Asia/Shanghai')::date) as newest_on
      from kernel.events
     where name in ('OrderPlaced', 'OrderCompleted', 'OrderSettled', 'ConsentGiven',
                    'OrderClosed', 'PaymentTaken')
), days as (
    select step.order_id,
           min((step.at at time zone 'Asia/Shanghai')::date) filter (where step.state = 'paid')
               as paid_on,
           min((step.at at time zone 'Asia/Shanghai')::date) filter (where step.state = 'shipped')
               as sent_on,
           bool_or(step.state in ('received', 'completed')) as has_arrived
      from trade.order_steps as step
     group by step.order_id
), over as (
    select days.order_id,
           days.sent_on <= days.paid_on + 2 and days.has_arrived
           and not exists (select from money.refunds as refund
                            where refund.order_id = days.order_id and refund.state = 'succeeded')
           and not exists (select from after_sale.cases as claim
                            where claim.order_id = days.order_id) as is_perfect
      from days
     where days.paid_on + 14 <= (select newest.newest_on from newest)
), settled as (
    select (step.at at time zone 'Asia/Shanghai')::date as due_on,
           (paid.settled_at at time zone 'Asia/Shanghai')::date as settled_on
      from trade.order_steps as step
      join money.settlements as paid on paid.order_id = step.order_id
     where step.state = 'completed'
)
select 'order.place' as type, count(*) as times, coalesce(sum(total_fen), 0)::bigint as fen
  from trade.orders
union all
select 'pay.start', count(*), coalesce(sum(amount_fen), 0)::bigint from money.attempts
union all
select 'order.pay', count(*), coalesce(sum(amount_fen), 0)::bigint
  from money.attempts where state = 'paid'
union all
select 'order.cancel', count(*), 0 from trade.orders as placed
 where placed.state = 'closed'
   and not exists (select from money.attempts as attempt
                    where attempt.order_id = placed.order_id and attempt.state = 'paid')
union all
select 'order.refund', count(*), coalesce(sum(amount_fen), 0)::bigint
  from money.refunds where state = 'succeeded'
union all
select 'order.dispute', count(*), 0 from after_sale.cases
union all
select 'order.complete', count(*), 0 from trade.orders where state = 'completed'
union all
select 'shipment.ship', count(*), 0 from fulfilment.parcels
union all
select 'shipment.receive', count(*), 0 from trade.order_steps where state = 'received'
union all
select 'settle.paid', count(*), coalesce(sum(paid_fen - refunded_fen), 0)::bigint
  from money.settlements
union all
select 'settle.due', count(*), coalesce(sum(paid_fen - refunded_fen), 0)::bigint
  from money.settlements
union all
select 'recon.break', count(*),
       coalesce(sum(abs(coalesce(ours_fen, 0) - coalesce(theirs_fen, 0))), 0)::bigint
  from money.differences
union all
select 'recon.clear', count(*), 0 from money.resolutions
union all
select 'unexplained', count(*), 0
  from money.differences as found
 where (found.found_at at time zone 'Asia/Shanghai')::date + 7
       <= (select newest.newest_on from newest)
   and not exists (select from money.resolutions as ended
                    where ended.book = found.book and ended.number = found.number
                      and ended.position = found.position)
union all
select 'consent', count(*), 0 from people.consents where is_given
union all
select 'page.view', count(*), 0 from evidence.seen where type = 'page.view' and not is_robot
union all
select 'search.query', count(*), 0 from evidence.seen where type = 'search.query' and not is_robot
union all
select case when is_following then 'follow' else 'unfollow' end, count(*), 0
  from evidence.follows
 group by 1
union all
select 'orders_over', count(*), 0 from over
union all
select 'orders_perfect', count(*), 0 from over where is_perfect
union all
select 'settled_in_time', count(*), 0
  from settled
 where due_on + 1 <= (select newest.newest_on from newest) and settled_on <= due_on + 1
union all
select case found.days when 7 then 'differences_ripe' else 'differences_over' end, count(*), 0
  from (values (7), (14)) as found (days)
  join money.differences as differs
    on (differs.found_at at time zone 'Asia/Shanghai')::date + found.days
       <= (select newest.newest_on from newest)
 group by 1
union all
select 'settled_at_once', count(*), 0
  from settled
 where due_on + 1 <= (select newest.newest_on from newest) and settled_on = due_on;
