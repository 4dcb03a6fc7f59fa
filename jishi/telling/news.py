"""What is news to a buyer: his order is paid, a parcel is on its way, his money comes back."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from jishi.fulfilment import OrderSentOut, ParcelShipped
from jishi.fulfilment.parcels import carriers
from jishi.kernel import Event, Reaction, Request, Told
from jishi.money import RefundEnded
from jishi.telling import rules
from jishi.telling.note_told import NoteTold
from jishi.telling.rules import Order
from jishi.telling.teller import News, teller
from jishi.trade import PaymentTaken

E = TypeVar("E", bound=Event)


def number_of(told: Told[E]) -> str:
    """Give the number under which it is said once."""
    return f"{told.book}-{told.number}"


def of_payment(told: Told[PaymentTaken], order: Order) -> News:
    """Say that the order is paid."""
    said = rules.of_payment(order, told.event.amount_fen, told.at)
    return News(order.order_id, rules.PAID, said, number_of(told))


def of_parcel(told: Told[ParcelShipped], order: Order) -> News:
    """Say that a parcel is on its way."""
    carrier = carriers.name_of(told.event.carrier, is_english=False)
    said = rules.of_parcel(order, carrier, told.event.tracking_number)
    return News(order.order_id, rules.SHIPPED, said, number_of(told))


def of_sending_out(told: Told[OrderSentOut], order: Order) -> News:
    """Say that the shop brings the order, under its own number."""
    said = rules.of_parcel(order, rules.SAME_CITY, order.order_number)
    return News(order.order_id, rules.SHIPPED, said, number_of(told))


def of_refund(told: Told[RefundEnded], order: Order) -> News:
    """Say that the money is on its way back."""
    said = rules.of_refund(order, told.event.amount_fen, told.at)
    return News(order.order_id, rules.REFUNDED, said, number_of(told))


async def told_all(
    told: Sequence[tuple[Told[E], int]], news: Callable[[Told[E], Order], News]
) -> dict[tuple[int, int], Request]:
    """Tell the buyer of each order; what is old is left to the order's page.

    Gives what is to be noted, by book and number of the event, of those who were told.
    """
    now, heard = datetime.now(UTC), {}
    fresh = [(each, order_id) for each, order_id in told if not rules.is_late(each.at, now)]
    for book in sorted({each.book for each, _ in fresh}):
        mine = [(each, order_id) for each, order_id in fresh if each.book == book]
        orders = await teller.orders(book, [order_id for _, order_id in mine])
        known = [(each, orders[order_id]) for each, order_id in mine if order_id in orders]
        said = [news(each, order) for each, order in known]
        answers = await asyncio.gather(
            *(teller.tell(order, one) for (_, order), one in zip(known, said, strict=True))
        )
        for (each, _), one, was_heard in zip(known, said, answers, strict=True):
            if was_heard:
                heard[each.book, each.number] = noted(each, one)
    return heard


def noted(told: Told[E], news: News) -> Request:
    """Ask to note that it was said."""
    return NoteTold(
        key=told.key("told"), book=told.book, actor_id=0, order_id=news.order_id, title=news.title
    )


def after(
    told: Sequence[Told[E]], heard: Mapping[tuple[int, int], Request]
) -> Sequence[Sequence[Request]]:
    """Give what follows from each event, in their order."""
    found = [heard.get((each.book, each.number)) for each in told]
    return [[each] if each else [] for each in found]


async def tell_paid(told: Sequence[Told[PaymentTaken]]) -> Sequence[Sequence[Request]]:
    """Tell of payments that were taken."""
    taken = [(each, each.event.subject_id) for each in told if not each.event.trouble]
    return after(told, await told_all(taken, of_payment))


async def tell_shipped(told: Sequence[Told[ParcelShipped]]) -> Sequence[Sequence[Request]]:
    """Tell of parcels."""
    shipped = [(each, each.event.subject_id) for each in told]
    return after(told, await told_all(shipped, of_parcel))


async def tell_sent_out(told: Sequence[Told[OrderSentOut]]) -> Sequence[Sequence[Request]]:
    """Tell of orders that went out for delivery; another courier is no news."""
    first = [(each, each.event.subject_id) for each in told if each.event.is_first]
    return after(told, await told_all(first, of_sending_out))


async def tell_refunded(told: Sequence[Told[RefundEnded]]) -> Sequence[Sequence[Request]]:
    """Tell of refunds that went well."""
    went_well = [(each, each.event.order_id) for each in told if each.event.outcome == "succeeded"]
    return after(told, await told_all(went_well, of_refund))


Reaction("telling.paid", PaymentTaken, tell_paid, after_seconds=1)
Reaction("telling.shipped", ParcelShipped, tell_shipped, after_seconds=1)
Reaction("telling.sent_out", OrderSentOut, tell_sent_out, after_seconds=1)
Reaction("telling.refunded", RefundEnded, tell_refunded, after_seconds=1)
