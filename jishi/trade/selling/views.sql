-- orders
-- A shop's orders in some states, or in any, newest first; by the beginning of their number.
select placed.order_id, placed.public_id as order, placed.order_number, placed.state,
       placed.delivery, placed.placed_at, placed.total_fen, line.title, line.title_en, line.items
  from trade.orders as placed
  join lateral (select (array_agg(line.title order by line.position))[1] as title,
                       (array_agg(line.title_en order by line.position))[1] as title_en,
                       sum(line.quantity)::integer as items
                  from trade.order_lines as line
                 where line.book = placed.book and line.order_id = placed.order_id) as line on true
 where placed.book = :book and placed.order_id < :before
   and (:states::text[] = '{}' or placed.state = any(:states::text[]))
   and (:number::text = '' or starts_with(placed.order_number, :number::text))
 order by placed.order_id desc
 limit :orders_max::int;

-- counts
-- How many orders wait for the shop, for their buyers, for their money.
select count(*) filter (where state in ('paid', 'partly_shipped')) as to_ship,
       count(*) filter (where state = 'ready_for_pickup') as for_pickup,
       count(*) filter (where state = 'awaiting_payment') as to_pay
  from trade.orders
 where book = :book
   and state in ('awaiting_payment', 'paid', 'partly_shipped', 'ready_for_pickup');

-- facts
-- Who did what about an order, when; what each line costs; whether somebody is paying just now.
select placed.order_id, placed.buyer_id, coalesce(store.name, '') as store_name,
       coalesce(store.name_en, '') as store_name_en,
       exists (select from money.attempts as attempt
                where attempt.book = :book and attempt.order_id = placed.order_id
                  and attempt.state = 'open') as is_paying,
       array(select line.paid_fen from trade.order_lines as line
              where line.book = :book and line.order_id = placed.order_id
              order by line.position) as paid_fen,
       (select coalesce(json_agg(json_build_object(
                   'state', step.state, 'at', step.at, 'reason', step.reason,
                   'actor_id', step.actor_id) order by step.number), '[]')
          from trade.order_steps as step
         where step.book = :book and step.order_id = placed.order_id) as steps,
       (select coalesce(json_agg(json_build_object(
                   'at', note.noted_at, 'staff_id', note.staff_id, 'note', note.note)
                   order by note.number), '[]')
          from trade.order_notes as note
         where note.book = :book and note.order_id = placed.order_id) as notes,
       (select coalesce(json_agg(json_build_object(
                   'at', change.changed_at, 'staff_id', change.staff_id,
                   'position', change.position, 'from_fen', change.from_fen,
                   'to_fen', change.to_fen) order by change.number, change.position), '[]')
          from trade.price_changes as change
         where change.book = :book and change.order_id = placed.order_id) as lowered,
       (select coalesce(json_agg(json_build_object(
                   'at', change.changed_at, 'actor_id', change.actor_id)
                   order by change.number), '[]')
          from trade.address_changes as change
         where change.book = :book and change.order_id = placed.order_id) as moved
  from trade.orders as placed
  left join goods.stores as store
    on store.book = :book and store.store_id = placed.store_id
 where placed.book = :book and placed.public_id = :order;
