-- reach
-- How far each book can be rolled over: events that are some moments old, whose visits are kept.
select book.book, book.kind,
       coalesce((select max(event.number) from kernel.events as event
                  where event.book = book.book and event.at < :before::timestamptz), 0) as until
  from kernel.books as book
 order by book.book;

-- copied
-- How far the pages' copies are, and since when the market is open.
select copying.batch, market.opened_at
  from evidence.copying as copying
  join kernel.books as market on market.book = copying.book
 where copying.book = :book;

-- seen
-- What people saw; robots and prefetches stay out of the lake.
select event_id, at, (at at time zone 'Asia/Shanghai')::date - date '1970-01-01' as day,
       book as shop_id, person_id, actor_id, session_id, type, object_type, object_id, amount_fen,
       quantity, value, entry, source, touch_id, share_id, depth, props
  from evidence.seen
 where batch > :after::bigint and batch <= :until::bigint and not is_robot
 order by batch, event_id;

-- of_orders
-- Events of orders, with whose they are and through which visit the order came.
with told as (
    select event.number, event.at, event.name, event.body, line.type,
           case line.order_in when 'subject_id' then event.subject_id
                else (event.body ->> line.order_in)::bigint end as order_id,
           (event.body ->> line.amount_in)::bigint as amount_fen
      from kernel.events as event
      join unnest(:names::text[], :types::text[], :orders_in::text[], :amounts_in::text[])
        as line (name, type, order_in, amount_in) on line.name = event.name
     where event.book = :book and event.number > :after::bigint and event.number <= :until::bigint
       and coalesce(event.body ->> 'trouble', '') = ''
       and (event.name <> 'RefundEnded' or (event.body ->> 'outcome' = 'succeeded'
                                            and event.body ->> 'reason' <> 'late_payment'))
       and (event.name <> 'OrderSentOut' or (event.body ->> 'is_first')::boolean)
), owned as (
    select told.number, told.at, told.name, told.body, told.type, told.order_id, told.amount_fen,
           placed.buyer_id
      from told
      left join trade.orders as placed
        on placed.book = :book and placed.order_id = told.order_id
), gone as (
    select found.person_id
      from evidence.forgotten((select array_agg(distinct owned.buyer_id) from owned))
        as found (person_id)
)
select -1 - (hashtextextended(format('%s/%s', :book::bigint, owned.number), 0)
             & 9223372036854775807) as event_id,
       owned.at, (owned.at at time zone 'Asia/Shanghai')::date - date '1970-01-01' as day,
       :book::bigint as shop_id,
       case when gone.person_id is null then coalesce(owned.buyer_id, 0) else 0 end as person_id,
       case when owned.type in ('order.place', 'order.pay') then coalesce(origin.actor_id, 0)
            else 0 end as actor_id,
       case when owned.type in ('order.place', 'order.pay') and gone.person_id is null
            then coalesce(origin.session_id, 0) else 0 end as session_id,
       owned.type, 'order' as object_type, coalesce(owned.order_id, 0) as object_id,
       case when owned.type = 'settle.paid'
            then coalesce((owned.body ->> 'paid_fen')::bigint, 0)
                 - coalesce((owned.body ->> 'refunded_fen')::bigint, 0)
            else coalesce(owned.amount_fen, 0) end as amount_fen,
       0::bigint as quantity, 0::float8 as value,
       case when owned.type in ('order.place', 'order.pay') then coalesce(origin.entry, '')
            else '' end as entry,
       '' as source,
       case when owned.type in ('order.place', 'order.pay') then coalesce(origin.touch_id, 0)
            else 0 end as touch_id,
       case when owned.type in ('order.place', 'order.pay') then coalesce(origin.share_id, 0)
            else 0 end as share_id,
       case when owned.type in ('order.place', 'order.pay') then coalesce(origin.depth, 0)
            else 0 end as depth,
       '' as props
  from owned
  left join gone on gone.person_id = owned.buyer_id
  left join evidence.origins as origin
    on origin.book = :book and origin.order_id = owned.order_id
 order by owned.number;

-- of_people
-- What persons said, in their own books.
with told as (
    select event.number, event.at, event.subject_id, event.body, line.type
      from kernel.events as event
      join unnest(:names::text[], :types::text[]) as line (name, type) on line.name = event.name
     where event.book = :book and event.number > :after::bigint and event.number <= :until::bigint
), gone as (
    select found.person_id
      from evidence.forgotten((select array_agg(distinct told.subject_id) from told))
        as found (person_id)
)
select -1 - (hashtextextended(format('%s/%s', :book::bigint, told.number), 0)
             & 9223372036854775807) as event_id,
       told.at, (told.at at time zone 'Asia/Shanghai')::date - date '1970-01-01' as day,
       1::bigint as shop_id,
       case when gone.person_id is null then told.subject_id else 0 end as person_id,
       0::bigint as actor_id, 0::bigint as session_id, told.type,
       case when told.type = 'consent' then 'consent' else 'account' end as object_type,
       0::bigint as object_id, 0::bigint as amount_fen, 0::bigint as quantity, 0::float8 as value,
       '' as entry, coalesce(told.body ->> 'source', '') as source, 0::bigint as touch_id,
       0::bigint as share_id, 0 as depth, '' as props
  from told
  left join gone on gone.person_id = told.subject_id
 order by told.number;

-- of_settling
-- A completed order's money falls due: what was paid and not refunded before.
select -1 - (hashtextextended(format('%s/%s/due', :book::bigint, event.number), 0)
             & 9223372036854775807) as event_id,
       event.at, (event.at at time zone 'Asia/Shanghai')::date - date '1970-01-01' as day,
       :book::bigint as shop_id, 0::bigint as person_id, 0::bigint as actor_id,
       0::bigint as session_id, 'settle.due' as type, 'order' as object_type,
       event.subject_id as object_id, coalesce(kept.fen, 0)::bigint as amount_fen,
       0::bigint as quantity, 0::float8 as value, '' as entry, '' as source, 0::bigint as touch_id,
       0::bigint as share_id, 0 as depth, '' as props
  from kernel.events as event
  cross join lateral (
      select coalesce((select sum(attempt.amount_fen) from money.attempts as attempt
                        where attempt.book = :book and attempt.order_id = event.subject_id
                          and attempt.state = 'paid'), 0)
             - coalesce((select sum(refund.amount_fen) from money.refunds as refund
                          where refund.book = :book and refund.order_id = event.subject_id
                            and refund.state = 'succeeded' and refund.ended_at <= event.at), 0)
             as fen) as kept
 where event.book = :book and event.number > :after::bigint and event.number <= :until::bigint
   and event.name = 'OrderCompleted' and kept.fen > 0
 order by event.number;

-- of_reconciling
-- Differences that a compared day showed, and those that a day or a person ended.
with told as (
    select event.number, event.at
      from kernel.events as event
     where event.book = :book and event.number > :after::bigint and event.number <= :until::bigint
       and event.name in ('DayReconciled', 'DifferenceExplained')
), happened as (
    select 'recon.break' as type, told.at, found.number, found.position,
           abs(coalesce(found.ours_fen, 0) - coalesce(found.theirs_fen, 0)) as fen
      from told
      join money.differences as found on found.book = :book and found.number = told.number
    union all
    select 'recon.clear', told.at, ended.number, ended.position, 0
      from told
      join money.resolutions as ended on ended.book = :book and ended.ended_by = told.number
)
select -1 - (hashtextextended(format('%s/%s/%s/%s', :book::bigint, number, position, type), 0)
             & 9223372036854775807) as event_id,
       at, (at at time zone 'Asia/Shanghai')::date - date '1970-01-01' as day,
       :book::bigint as shop_id, 0::bigint as person_id, 0::bigint as actor_id,
       0::bigint as session_id, type, 'difference' as object_type,
       hashtextextended(format('%s/%s/%s', :book::bigint, number, position), 0)
       & 9223372036854775807 as object_id,
       fen::bigint as amount_fen, 0::bigint as quantity, 0::float8 as value, '' as entry,
       '' as source, 0::bigint as touch_id, 0::bigint as share_id, 0 as depth, '' as props
  from happened
 order by number, position, type;

-- exposures
-- Who was put into which arm.
select -1 - (hashtextextended(format('%s/%s', :book::bigint, number), 0)
             & 9223372036854775807) as exposure_id,
       exposed_at as at,
       (exposed_at at time zone 'Asia/Shanghai')::date - date '1970-01-01' as day,
       experiment, arm, unit_type, unit_id, propensity, policy, is_counterfactual, reason
  from evidence.exposures
 where book = :book and number > :after::bigint and number <= :until::bigint
 order by number;

-- contacts
-- What buyers were told of their own orders: it costs them nothing of their patience's budget.
with told as (
    select event.number, event.at, placed.buyer_id
      from kernel.events as event
      join trade.orders as placed on placed.book = :book and placed.order_id = event.subject_id
     where event.book = :book and event.number > :after::bigint and event.number <= :until::bigint
       and event.name = 'BuyerTold'
), gone as (
    select found.person_id
      from evidence.forgotten((select array_agg(distinct told.buyer_id) from told))
        as found (person_id)
)
select -1 - (hashtextextended(format('%s/%s', :book::bigint, told.number), 0)
             & 9223372036854775807) as contact_id,
       told.at, (told.at at time zone 'Asia/Shanghai')::date - date '1970-01-01' as day,
       case when gone.person_id is null then told.buyer_id else 0 end as person_id,
       'template' as channel, 'transactional' as kind, 0 as cost, 0 as balance,
       'send' as decision, '' as reason, 0::bigint as exposure_id
  from told
  left join gone on gone.person_id = told.buyer_id
 order by told.number;

-- folded
-- What those who are forgotten add up to.
select question, arm, measure, units, sum from evidence.folded
 where book = :book
 order by question, arm, measure;

-- leavers
-- Who left and waits to be forgotten, the first first; and whoever was forgotten in these days.
select person_id, forgotten_at is null as is_waiting
  from evidence.leavers
 where book = :book and (forgotten_at is null or forgotten_at > now() - interval '30 days')
 order by forgotten_at is null desc, left_at
 limit :leavers_max::int;

-- own_orders
-- A person's orders, in whichever shop. Read with `person=`.
select book as of_book, order_id
  from trade.orders
 where buyer_id = :person_id;
