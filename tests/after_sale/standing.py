"""An order that stands somewhere, as if it had gone its way: sent, with all of it in one parcel."""

STAND = """
with stepped as (
    insert into trade.order_steps (book, order_id, number, state, at, actor_id, reason)
    select $1, $2, max(number) + 1000, $3, now(), 0, 'told' from trade.order_steps
     where book = $1 and order_id = $2
    returning number
), sent as (
    insert into fulfilment.parcels (
        book, number, order_id, carrier, tracking_number, staff_id, shipped_at)
    select $1, number, $2, 'SF', 'SF1234567', 900, now() from stepped
     where $3 in ('shipped', 'received', 'completed')
       and not exists (select from fulfilment.parcels as parcel
                        where parcel.book = $1 and parcel.order_id = $2)
    returning number
), packed as (
    insert into fulfilment.parcel_lines (book, number, order_id, position, quantity)
    select $1, sent.number, $2, line.position, line.quantity
      from sent join trade.order_lines as line on line.book = $1 and line.order_id = $2
)
update trade.orders set state = $3 where book = $1 and order_id = $2
"""
