"""What follows in trade: payments are asked of WeChat, and an order is closed after them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeAlias
from uuid import UUID, uuid5

import msgspec

from jishi import money
from jishi.kernel import MARKET, Reaction, Request, Told
from jishi.money import Came, CloseAttempt, Combined, PaymentPrepaid, RecordPrepaid
from jishi.trade.accept_free_order import AcceptFreeOrder
from jishi.trade.call_off_order import OrderCalledOff
from jishi.trade.cancel_order import OrderCancelled
from jishi.trade.change_price import PriceChanged
from jishi.trade.close_order import CloseOrder
from jishi.trade.combine_payment import PaymentCombined
from jishi.trade.expire_order import OrderExpired
from jishi.trade.look_for_payment import PaymentLookedFor
from jishi.trade.place_order import OrderPlaced
from jishi.trade.start_payment import PaymentStarted
from jishi.trade.take_payment import PaymentTaken, TakePayment
from jishi.trade.withdraw_payment import PaymentWithdrawn

PAYMENTS = UUID("5f0d5e9c-8a3b-4c0e-9d5a-6a6973686902")
"""The namespace of what came in: told twice, or told and asked for, it is taken once."""

LATE = timedelta(minutes=2)

LOOK_AFTER_SECONDS = 5
"""Most are told by then, and need no query."""

Closing: TypeAlias = (
    Told[PaymentWithdrawn]
    | Told[PaymentTaken]
    | Told[OrderCancelled]
    | Told[OrderCalledOff]
    | Told[OrderExpired]
)


class StillUnpaid(Exception):
    """Nobody has paid yet; the todo is tried again, each time after a longer pause."""


def take(came: Came, book: int) -> TakePayment:
    """Give the request that takes what came in."""
    key = uuid5(PAYMENTS, f"{book} {msgspec.json.encode(came).decode()}")
    return TakePayment(key=key, book=book, actor_id=0, came=came)


def take_all(came: Sequence[Came]) -> list[Request]:
    """Give the requests that take every part of a combined payment, each in its own book."""
    return [take(each, money.rules.attempt_of(each.out_trade_no)[0] or MARKET) for each in came]


async def prepay(told: Sequence[Told[PaymentStarted]]) -> Sequence[Sequence[Request]]:
    """Let WeChat know of each attempt; too late for that, its order closes by itself."""
    return [await _prepaid(each) for each in told]


async def _prepaid(told: Told[PaymentStarted]) -> Sequence[Request]:
    event = told.event
    if event.combined or _is_over(event.pay_until):
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
            mchid=event.mchid,
        )
    )
    return [
        RecordPrepaid(
            key=told.key("prepaid"), book=told.book, actor_id=0, attempt_id=event.subject_id,
            way=way, code_url=code_url, pay_until=event.pay_until,
        )
    ]  # fmt: skip


async def prepay_combined(told: Sequence[Told[PaymentCombined]]) -> Sequence[Sequence[Request]]:
    """Let WeChat know of each combined payment; every part then knows by what it is paid."""
    return [await _prepaid_combined(each) for each in told]


async def _prepaid_combined(told: Told[PaymentCombined]) -> Sequence[Request]:
    event = told.event
    if _is_over(event.pay_until):
        return []
    way, code_url = await money.prepay_together(
        money.CombinedWish(
            combined=event.combined,
            payer_id=event.buyer_id,
            way=event.way,
            amounts_fen=event.amounts_fen,
            descriptions=event.order_numbers,
            pay_until=event.pay_until,
        )
    )
    return [
        RecordPrepaid(
            key=told.key(f"prepaid {part.attempt_id}"), book=part.book, actor_id=0,
            attempt_id=part.attempt_id, way=way, code_url=code_url, pay_until=event.pay_until,
        )
        for part in event.combined.parts
    ]  # fmt: skip


async def look(told: Sequence[Told[PaymentPrepaid]]) -> Sequence[Sequence[Request]]:
    """Ask WeChat whether it is paid, until it is or its time is over: notices may be lost."""
    return [await _looked_up(each) for each in told]


async def _looked_up(told: Told[PaymentPrepaid]) -> Sequence[Request]:
    if not await money.gateway.is_waiting(told.book, told.event.subject_id):
        return []
    if taken := await _paid(told.book, told.event.out_trade_no, told.event.combined):
        return taken
    if _is_over(told.event.pay_until + LATE):
        return []
    raise StillUnpaid


async def look_now(told: Sequence[Told[PaymentLookedFor]]) -> Sequence[Sequence[Request]]:
    """Ask WeChat once, because the buyer says that he paid."""
    return [await _paid(each.book, each.event.out_trade_no, each.event.combined) for each in told]


async def _paid(book: int, number: str, combined: Combined | None) -> Sequence[Request]:
    """Take what WeChat says was paid; of a combined payment every part, each in its book."""
    if combined:
        return take_all(await money.paid_together(combined))
    came = await money.gateway.paid(number)
    return [take(came, book)] if came else []


async def _shut(book: int, number: str, combined: Combined | None) -> Sequence[Request]:
    """Close a payment at WeChat, alone or whole; what was paid before that is taken."""
    if combined:
        return take_all(await money.shut_together(combined))
    came = await money.gateway.shut(number)
    return [take(came, book)] if came else []


async def withdraw(told: Sequence[Told[PaymentWithdrawn]]) -> Sequence[Sequence[Request]]:
    """Close each attempt at WeChat, so that another can begin; when it was paid, that wins."""
    return [await _withdrawn(each) for each in told]


async def _withdrawn(told: Told[PaymentWithdrawn]) -> Sequence[Request]:
    event = told.event
    if taken := await _shut(told.book, event.out_trade_no, event.combined):
        return taken
    return [
        CloseAttempt(
            key=told.key("withdrawn"), book=told.book, actor_id=0, attempt_id=event.attempt_id
        ),
        *_free_others(told, event.combined),
    ]


def _free_others(told: Closing, combined: Combined | None) -> list[Request]:
    """Close the other parts' attempts of a combined payment that is closed at WeChat as a whole."""
    return [
        CloseAttempt(
            key=told.key(f"part {part.attempt_id}"), book=part.book, actor_id=0,
            attempt_id=part.attempt_id,
        )
        for part in (combined.parts if combined else ())
        if part.book != told.book
    ]  # fmt: skip


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
    if event.other_out_trade_no:
        taken = await _shut(book, event.other_out_trade_no, event.other_combined)
        return taken or _free_others(told, event.other_combined)
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
    if event.out_trade_no and (taken := await _shut(told.book, event.out_trade_no, event.combined)):
        return taken
    return [
        CloseOrder(key=told.key("close"), book=told.book, actor_id=0, order_id=event.subject_id),
        *_free_others(told, event.combined),
    ]


Reaction("trade.prepay", PaymentStarted, prepay)
Reaction("trade.prepay_combined", PaymentCombined, prepay_combined)
Reaction("trade.look_for_payment", PaymentPrepaid, look, after_seconds=LOOK_AFTER_SECONDS)
Reaction("trade.look_now", PaymentLookedFor, look_now)
Reaction("trade.set_payment_right", PaymentTaken, set_right)
Reaction("trade.accept_free", OrderPlaced, accept_free)
Reaction("trade.close_withdrawn", PaymentWithdrawn, withdraw)
Reaction("trade.close_cancelled", OrderCancelled, close)
Reaction("trade.close_called_off", OrderCalledOff, close)
Reaction("trade.accept_lowered", PriceChanged, accept_free)
Reaction("trade.close_expired", OrderExpired, close)
