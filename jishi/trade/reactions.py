"""What follows in trade: payments are asked of WeChat, and an order is closed after them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

import msgspec

from jishi import money
from jishi.kernel import Reaction, Request, Told
from jishi.money import Came, CloseAttempt, PaymentPrepaid, RecordPrepaid
from jishi.trade.accept_free_order import AcceptFreeOrder
from jishi.trade.call_off_order import OrderCalledOff
from jishi.trade.cancel_order import OrderCancelled
from jishi.trade.change_price import PriceChanged
from jishi.trade.close_order import CloseOrder
from jishi.trade.expire_order import OrderExpired
from jishi.trade.look_for_payment import PaymentLookedFor
from jishi.trade.place_order import OrderPlaced
from jishi.trade.start_payment import PaymentStarted
from jishi.trade.take_payment import PaymentTaken, TakePayment
from jishi.trade.withdraw_payment import PaymentWithdrawn

PAYMENTS = UUID("5f0d5e9c-8a3b-4c0e-9d5a-6a6973686902")
"""The namespace of what came in: told twice, or told and asked for, it is taken once."""

LATE = timedelta(minutes=2)


class StillUnpaid(Exception):
    """Nobody has paid yet; the todo is tried again, each time after a longer pause."""


def take(came: Came, book: int) -> TakePayment:
    """Give the request that takes what came in."""
    key = uuid5(PAYMENTS, f"{book} {msgspec.json.encode(came).decode()}")
    return TakePayment(key=key, book=book, actor_id=0, came=came)


async def prepay(told: Sequence[Told[PaymentStarted]]) -> Sequence[Sequence[Request]]:
    """Let WeChat know of each attempt; too late for that, its order closes by itself."""
    return [await _prepaid(each) for each in told]


async def _prepaid(told: Told[PaymentStarted]) -> Sequence[Request]:
    event = told.event
    if _is_over(event.pay_until):
        return []
    way, code_url = await money.gateway.prepay(
        money.Wish(
            attempt_id=event.subject_id,
            payer_id=event.buyer_id,
            way=event.way,
            out_trade_no=event.out_trade_no,
            amount_fen=event.amount_fen,
            description=event.order_number,
            pay_until=event.pay_until,
        )
    )
    return [
        RecordPrepaid(
            key=told.key("prepaid"), book=told.book, actor_id=0, attempt_id=event.subject_id,
            way=way, code_url=code_url, pay_until=event.pay_until,
        )
    ]  # fmt: skip


async def look(told: Sequence[Told[PaymentPrepaid]]) -> Sequence[Sequence[Request]]:
    """Ask WeChat whether it is paid, until it is or its time is over: notices may be lost."""
    return [await _looked_up(each) for each in told]


async def _looked_up(told: Told[PaymentPrepaid]) -> Sequence[Request]:
    if came := await money.gateway.paid(told.event.out_trade_no):
        return [take(came, told.book)]
    if _is_over(told.event.pay_until + LATE):
        return []
    raise StillUnpaid


async def look_now(told: Sequence[Told[PaymentLookedFor]]) -> Sequence[Sequence[Request]]:
    """Ask WeChat once, because the buyer says that he paid."""
    return [await _looked_up_now(each) for each in told]


async def _looked_up_now(told: Told[PaymentLookedFor]) -> Sequence[Request]:
    came = await money.gateway.paid(told.event.out_trade_no)
    return [take(came, told.book)] if came else []


async def withdraw(told: Sequence[Told[PaymentWithdrawn]]) -> Sequence[Sequence[Request]]:
    """Close each attempt at WeChat, so that another can begin; when it was paid, that wins."""
    return [await _withdrawn(each) for each in told]


async def _withdrawn(told: Told[PaymentWithdrawn]) -> Sequence[Request]:
    event = told.event
    if came := await money.gateway.shut(event.out_trade_no):
        return [take(came, told.book)]
    return [
        CloseAttempt(
            key=told.key("withdrawn"), book=told.book, actor_id=0, attempt_id=event.attempt_id
        )
    ]


async def set_right(told: Sequence[Told[PaymentTaken]]) -> Sequence[Sequence[Request]]:
    """Send back what came too late; close what else could be paid of a paid order."""
    return [await _set_right(each) for each in told]


async def _set_right(told: Told[PaymentTaken]) -> Sequence[Request]:
    event, book = told.event, told.book
    if event.trouble == "paid_late":
        number = money.rules.out_refund_no(book, event.attempt_id)
        fen = event.amount_fen
        outcome = await money.gateway.refund(
            money.Back(number, event.out_trade_no, fen, fen, "late_payment")
        )
        return (
            [money.reactions.end_refund(told.key("end"), book, event.attempt_id, outcome)]
            if outcome
            else []
        )
    if event.other_out_trade_no and (came := await money.gateway.shut(event.other_out_trade_no)):
        return [take(came, book)]
    return []


async def accept_free(
    told: Sequence[Told[OrderPlaced] | Told[PriceChanged]],
) -> Sequence[Sequence[Request]]:
    """Let an order that costs nothing be paid: there is nothing to wait for."""
    return [
        [
            AcceptFreeOrder(
                key=each.key("free"), book=each.book, actor_id=0, order_id=each.event.subject_id
            )
        ]
        if each.event.total_fen == 0
        else []
        for each in told
    ]


def _is_over(moment: datetime) -> bool:
    return datetime.now(UTC) >= moment


async def close(
    told: Sequence[Told[OrderCancelled] | Told[OrderCalledOff] | Told[OrderExpired]],
) -> Sequence[Sequence[Request]]:
    """Close each order, its payment first; when that was quicker, the order is paid."""
    return [await _closed(each) for each in told]


async def _closed(
    told: Told[OrderCancelled] | Told[OrderCalledOff] | Told[OrderExpired],
) -> Sequence[Request]:
    event = told.event
    if event.out_trade_no and (came := await money.gateway.shut(event.out_trade_no)):
        return [take(came, told.book)]
    return [
        CloseOrder(key=told.key("close"), book=told.book, actor_id=0, order_id=event.subject_id)
    ]


Reaction("trade.prepay", PaymentStarted, prepay)
Reaction("trade.look_for_payment", PaymentPrepaid, look)
Reaction("trade.look_now", PaymentLookedFor, look_now)
Reaction("trade.set_payment_right", PaymentTaken, set_right)
Reaction("trade.accept_free", OrderPlaced, accept_free)
Reaction("trade.close_withdrawn", PaymentWithdrawn, withdraw)
Reaction("trade.close_cancelled", OrderCancelled, close)
Reaction("trade.close_called_off", OrderCalledOff, close)
Reaction("trade.accept_lowered", PriceChanged, accept_free)
Reaction("trade.close_expired", OrderExpired, close)
