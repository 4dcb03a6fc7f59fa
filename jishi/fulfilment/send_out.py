"""Send out an order that is brought within its city: somebody is on his way with all of it."""

from collections.abc import Sequence

from jishi.fulfilment.parcels import world
from jishi.fulfilment.parcels.world import World
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.trade import steps
from jishi.trade.rules import may_step

SEALED_MIN, SEALED_MAX = 29, 400
"""Bytes: a seal has a nonce and a tag of 28."""


class SendOut(Request, frozen=True, kw_only=True):
    """Somebody of the staff (`actor_id`) gave the order to a courier, or to another one.

    Who he is comes sealed. Refused: `courier_unclear`, `order_unknown`, `order_not_same_city`,
    `order_elsewhere`, `order_withheld`.
    """

    order_id: int
    sealed: bytes


class OrderSentOut(Event, frozen=True, kw_only=True):
    """The order (`subject_id`) is on its way; `is_first`: it was not before."""

    is_first: bool


sql = queries(__file__)
write = sql.run("write")
note = sql.run("note")


async def gather(tx: Tx, asked: Sequence[SendOut]) -> World:
    """Read the orders."""
    return await world.shipping(tx, [each.order_id for each in asked])


def decide(known: World, asked: SendOut) -> OrderSentOut | Refused:
    """Accept what is paid and is to be brought, and another courier while it is on its way."""
    if not SEALED_MIN <= len(asked.sealed) <= SEALED_MAX:
        return Refused("courier_unclear")
    order = known.orders.get(asked.order_id)
    if order is None:
        return Refused("order_unknown")
    if order.delivery != "same_city":
        return Refused("order_not_same_city")
    is_first = order.state != "shipped"
    if is_first and not may_step(order.state, "shipped"):
        return Refused("order_elsewhere", {"state": order.state})
    if is_first and order.is_withheld:
        return Refused("order_withheld")
    order.state = "shipped"
    return OrderSentOut(subject_id=order.order_id, is_first=is_first)


async def record(tx: Tx, happened: Sequence[Happened[SendOut, OrderSentOut]]) -> None:
    """Write what went out, who brings it now, and the steps."""
    first = [each for each in happened if each[1].is_first]
    rows = [(event.subject_id, number, asked.actor_id) for asked, event, number in first]
    if rows:
        await write(tx, **columns(rows, "order_ids", "numbers", "staff_ids"))
    last = {asked.order_id: asked.sealed for asked, _, _ in happened}
    await note(tx, order_ids=list(last), seals=list(last.values()))
    await steps.step(tx, first, "shipped", "sent_out")


send_out = Act(SendOut, OrderSentOut, gather, decide, record)
