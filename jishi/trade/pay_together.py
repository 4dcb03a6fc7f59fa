"""Paying together: each part is started in its shop's book, then all are combined, or none."""

import asyncio
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID, uuid4, uuid5

from jishi import money
from jishi.kernel import MARKET, Answer, Market, Refused
from jishi.trade.combine_payment import CombinePayment
from jishi.trade.start_payment import PaymentStarted, StartPayment
from jishi.trade.types import PurchasePart
from jishi.trade.withdraw_payment import WithdrawPayment

RELEASE_SECONDS_MAX = 4


class Payee(NamedTuple):
    """Who is paid for a part: the merchant of its shop."""

    part: PurchasePart
    mchid: str


class Together(NamedTuple):
    """What is to be paid together, by whom and how, and who combines it."""

    purchase_id: int
    buyer_id: int
    way: str
    appid: str
    mchid: str
    payees: Sequence[Payee]


def combined_of(key: UUID, wish: Together) -> money.Combined:
    """Give the combined payment of a key: asked twice it is the same one."""
    return money.Combined(
        combined_id=_id(key, "combined"),
        appid=wish.appid,
        mchid=wish.mchid,
        parts=tuple(
            money.CombinedPart(part.shop_book, part.order_id, _id(key, f"{part}"), mchid)
            for part, mchid in wish.payees
        ),
    )


def _id(key: UUID, purpose: str) -> int:
    return uuid5(key, purpose).int >> 65 or 1


async def pay_together(
    market: Market, key: UUID, wish: Together, *, wait: float = 0
) -> Refused | None:
    """Start every part under one key and combine them; where one is refused, free the others.

    Whoever dies half-way leaves parts that can be withdrawn like any attempt: WeChat knows
    nothing of them.
    """
    combined = combined_of(key, wish)
    starts = [
        StartPayment(
            key=uuid5(key, f"start {part.attempt_id}"), book=part.book, actor_id=wish.buyer_id,
            order_id=part.order_id, attempt_id=part.attempt_id, appid=combined.appid,
            mchid=part.mchid, way=wish.way, combined=combined,
        )
        for part in combined.parts
    ]  # fmt: skip
    answers = await asyncio.gather(*map(market.ask, starts))
    started = [each for each in answers if isinstance(each, PaymentStarted)]
    refused = [each for each in answers if isinstance(each, Refused)]
    answer: Answer = refused[0] if refused else started[0]
    if not refused:
        answer = await market.ask(
            CombinePayment(
                key=uuid5(key, "combine"),
                book=MARKET,
                actor_id=wish.buyer_id,
                purchase_id=wish.purchase_id,
                combined=combined,
                way=wish.way,
                amounts_fen=tuple(each.amount_fen for each in started),
                order_numbers=tuple(each.order_number for each in started),
                pay_until=min(each.pay_until for each in started),
            ),
            wait=wait,
        )
    if not isinstance(answer, Refused):
        return None
    if answer.is_final:
        await withdraw_parts(market, wish.buyer_id, _parts_of(combined, started))
    return answer


def _parts_of(combined: money.Combined, started: Sequence[PaymentStarted]) -> list[PurchasePart]:
    begun = {each.subject_id for each in started}
    return [
        PurchasePart(part.book, part.order_id)
        for part in combined.parts
        if part.attempt_id in begun
    ]


async def withdraw_parts(
    market: Market, buyer_id: int, parts: Sequence[PurchasePart]
) -> Sequence[Answer]:
    """Withdraw what is open of these parts; WeChat closes the whole that each belongs to."""
    return await asyncio.gather(
        *(
            market.ask(
                WithdrawPayment(
                    key=uuid4(), book=part.shop_book, actor_id=buyer_id, order_id=part.order_id
                ),
                wait=RELEASE_SECONDS_MAX,
            )
            for part in parts
        )
    )
