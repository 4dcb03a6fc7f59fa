"""A purchase: orders in several shops, all held or none, before anything is paid."""

import asyncio
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID, uuid5

import msgspec

from jishi.kernel import MARKET, Answer, Market, Refused, new_public_id
from jishi.trade import views
from jishi.trade.cancel_order import CancelOrder
from jishi.trade.open_purchase import OpenPurchase, PurchaseOpened
from jishi.trade.place_order import OrderPlaced, PlaceOrder
from jishi.trade.rules import SHOPS_MAX
from jishi.trade.types import PurchasePart

RELEASE_SECONDS_MAX = 3
CANCELLATIONS = UUID("5f0d5e9c-8a3b-4c0e-9d5a-6a6973686901")
"""The namespace of cancellations' keys: an order is cancelled once, however often it is asked."""


class Purchased(NamedTuple):
    """All orders are held; `purchase` is the public id of several, empty for one alone."""

    purchase: str
    orders: list[OrderPlaced]


class NotPurchased(NamedTuple):
    """Nothing is held: why, and in which shop's book."""

    book: int
    refused: Refused


async def place_all(
    market: Market, key: UUID, asked: Sequence[PlaceOrder]
) -> Purchased | NotPurchased:
    """Ask for one order a shop under one key; where one is refused, release the others.

    Asked twice it is the same purchase. Whoever dies half-way leaves orders that nobody knows as
    a purchase: their time to pay ends by itself, as any order's does.
    """
    if len(asked) > SHOPS_MAX:
        return NotPurchased(0, Refused("purchase_out_of_bounds", {"shops_max": SHOPS_MAX}))
    if len(asked) == 1:
        [order] = asked
        answer = await market.ask(msgspec.structs.replace(order, key=key))
        if isinstance(answer, OrderPlaced):
            return Purchased("", [answer])
        return _refused([order], [answer])
    purchase_id = uuid5(key, "purchase").int >> 65 or 1
    orders = [
        msgspec.structs.replace(
            order, key=uuid5(key, f"order in {order.book}"), purchase_id=purchase_id
        )
        for order in asked
    ]
    answers = await asyncio.gather(*map(market.ask, orders))
    placed = [each for each in answers if isinstance(each, OrderPlaced)]
    if len(placed) < len(orders):
        await _release(market, orders, answers)
        return _refused(orders, answers)
    return await _opened(market, key, orders, placed)


async def _opened(
    market: Market, key: UUID, orders: Sequence[PlaceOrder], placed: list[OrderPlaced]
) -> Purchased | NotPurchased:
    """Open the purchase of orders that are all held; one released by an earlier try is not."""
    buyer_id, purchase_id = orders[0].actor_id, orders[0].purchase_id
    held = await market.look(views.held_orders, person=buyer_id, purchase_id=purchase_id)
    answer: Answer = Refused("purchase_over")
    if len(held) == len(orders):
        answer = await market.ask(
            OpenPurchase(
                key=uuid5(key, "purchase"),
                book=MARKET,
                actor_id=buyer_id,
                purchase_id=purchase_id,
                public_id=new_public_id(),
                parts=tuple(
                    PurchasePart(order.book, each.subject_id)
                    for order, each in zip(orders, placed, strict=True)
                ),
            )
        )
    if isinstance(answer, PurchaseOpened):
        return Purchased(answer.public_id, placed)
    assert isinstance(answer, Refused)
    if answer.is_final:
        await _release(market, orders, placed)
    return NotPurchased(0, answer)


def _refused(orders: Sequence[PlaceOrder], answers: Sequence[Answer]) -> NotPurchased:
    return next(
        NotPurchased(order.book, answer)
        for order, answer in zip(orders, answers, strict=True)
        if isinstance(answer, Refused)
    )


async def _release(market: Market, orders: Sequence[PlaceOrder], answers: Sequence[Answer]) -> None:
    """Cancel what was placed; its goods lie on the shelf again when this ends, or soon after."""
    await asyncio.gather(
        *(
            market.ask(
                CancelOrder(
                    key=uuid5(CANCELLATIONS, answer.public_id),
                    book=order.book,
                    actor_id=order.actor_id,
                    order_id=answer.subject_id,
                ),
                wait=RELEASE_SECONDS_MAX,
            )
            for order, answer in zip(orders, answers, strict=True)
            if isinstance(answer, OrderPlaced)
        )
    )
