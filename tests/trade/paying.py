"""Payments for the tests: an order that is placed, an attempt, and what comes in for it."""

from uuid import uuid4

import msgspec

from jishi import money, trade
from jishi.kernel import Market, new_id
from tests.shops import price_of, sku_of
from tests.trade.orders import BUYER, place

APPID, MCHID = "wx1234567890abcdef", "1900000001"


def start(
    book: int, order_id: int, buyer: int = BUYER, *, appid: str = APPID, mchid: str = MCHID
) -> trade.StartPayment:
    """Ask to pay."""
    return trade.StartPayment(
        key=uuid4(), book=book, actor_id=buyer, order_id=order_id, attempt_id=new_id(),
        appid=appid, mchid=mchid, way="native",
    )  # fmt: skip


async def started(market: Market, book: int) -> trade.PaymentStarted:
    """Place an order of three and start to pay it."""
    asked = place(book, (sku_of(book, 1), 3, price_of(1)))
    assert isinstance(await market.ask(asked), trade.OrderPlaced)
    answer = await market.ask(start(book, asked.order_id))
    assert isinstance(answer, trade.PaymentStarted)
    return answer


def came(attempt: trade.PaymentStarted, **other: object) -> money.Came:
    """Give what comes in for an attempt."""
    fits = money.Came(
        out_trade_no=attempt.out_trade_no, transaction_id="4200001", appid=APPID, mchid=MCHID,
        amount_fen=attempt.amount_fen, currency="CNY",
    )  # fmt: skip
    return msgspec.structs.replace(fits, **other)


def take(book: int, came: money.Came) -> trade.TakePayment:
    """Tell of it, under a key of its own."""
    return trade.TakePayment(key=uuid4(), book=book, actor_id=0, came=came)
