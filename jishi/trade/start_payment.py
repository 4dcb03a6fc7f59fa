"""Start to pay an order: one attempt at a time, for exactly what it costs."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

import msgspec

from jishi import money
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx
from jishi.trade import steps
from jishi.trade.steps import Orders


class StartPayment(Request, frozen=True, kw_only=True):
    """The buyer (`actor_id`) wants to pay in a way, to this account and merchant.

    With `combined` the order is a part of a payment over several shops.

    Refused: `way_unknown`, `payee_out_of_bounds`, `combined_out_of_bounds`, `order_unknown`,
    `order_not_open`, `pay_time_over`, `nothing_to_pay`, `payment_open`, `attempt_id_taken`.
    """

    made: ClassVar[dict[str, object]] = {"attempt_id": 0}

    order_id: int
    attempt_id: int
    appid: str
    mchid: str
    way: str
    combined: money.Combined | None = None


class PaymentStarted(Event, frozen=True, kw_only=True):
    """An attempt is open until a moment; `subject_id` is its id.

    WeChat is asked for one that stands alone; what is `combined` is asked for as a whole.
    """

    order_id: int
    buyer_id: int
    way: str
    order_number: str
    out_trade_no: str
    amount_fen: int
    pay_until: datetime
    mchid: str = ""
    combined: money.Combined | None = None


class World(msgspec.Struct):
    """The orders with their open attempts, and which attempt ids are in use."""

    orders: Orders
    taken: set[int]


async def gather(tx: Tx, asked: Sequence[StartPayment]) -> World:
    """Read the orders and their attempts."""
    known = await money.attempts(tx, [each.attempt_id for each in asked])
    return World(await steps.orders(tx, [each.order_id for each in asked]), set(known))


def decide(world: World, asked: StartPayment) -> PaymentStarted | Refused:  # noqa: PLR0911 - one a reason
    """Accept while the order awaits its payment and no attempt is open."""
    if asked.way not in money.rules.WAYS:
        return Refused("way_unknown")
    if not (money.rules.is_text(asked.appid) and money.rules.is_text(asked.mchid)):
        return Refused("payee_out_of_bounds")
    if asked.combined and not _is_part(asked, asked.combined):
        return Refused("combined_out_of_bounds", {"shops_max": money.rules.COMBINED_MAX})
    order = world.orders.orders.get(asked.order_id)
    if order is None or order.buyer_id != asked.actor_id:
        return Refused("order_unknown")
    if order.state != "awaiting_payment":
        return Refused("order_not_open", {"state": order.state})
    if world.orders.now >= order.pay_until:
        return Refused("pay_time_over")
    if order.total_fen == 0:
        return Refused("nothing_to_pay")
    if order.attempt_id:
        return Refused("payment_open")
    if asked.attempt_id <= 0 or asked.attempt_id in world.taken:
        return Refused("attempt_id_taken")
    order.attempt_id, order.combined = asked.attempt_id, asked.combined
    world.taken.add(asked.attempt_id)
    return PaymentStarted(
        subject_id=asked.attempt_id,
        order_id=order.order_id,
        buyer_id=order.buyer_id,
        way=asked.way,
        order_number=order.order_number,
        out_trade_no=money.rules.out_trade_no(asked.book, asked.attempt_id),
        amount_fen=order.total_fen,
        pay_until=order.pay_until,
        mchid=asked.mchid,
        combined=asked.combined,
    )


def _is_part(asked: StartPayment, combined: money.Combined) -> bool:
    """Tell whether the combined payment is one, and has this attempt as a part."""
    part = money.CombinedPart(asked.book, asked.order_id, asked.attempt_id, asked.mchid)
    is_named = part in combined.parts and combined.appid == asked.appid
    return is_named and money.rules.is_combined_well_formed(combined)


async def record(tx: Tx, happened: Sequence[Happened[StartPayment, PaymentStarted]]) -> None:
    """Write the attempts."""
    rows = [
        (
            event.subject_id, event.order_id, asked.appid, asked.mchid, event.amount_fen,
            event.way, event.combined,
        )
        for asked, event, _ in happened
    ]  # fmt: skip
    await money.write_attempts(tx, rows)


start_payment = Act(StartPayment, PaymentStarted, gather, decide, record)
