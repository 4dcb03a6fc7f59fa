"""Settling an abnormal refund: it goes on under its number, its money still set aside."""

import asyncio
from uuid import uuid4

from jishi import money
from jishi.kernel import Refused, new_id
from tests.conftest import opened
from tests.money.refunding import ask, end, paid
from tests.trade.test_take_payment import broken
from tests.web.reader import count

HELD = "select balance from ledger.accounts where book = $1 and kind = 'refunding'"
AGAIN = (
    "select count(*) from money.refunds"
    " where book = $1 and state = 'asked' and looks = 1 and ended_at is null"
)


def settle(book: int, refund_id: int) -> money.SettleRefund:
    """Ask to settle."""
    return money.SettleRefund(key=uuid4(), book=book, actor_id=9, refund_id=refund_id)


def test_what_is_abnormal_goes_on_once_and_may_end_again(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            attempt = await paid(market, book)
            wish = ask(book, attempt.order_id, 500)
            await market.ask(wish)
            asked = Refused("refund_not_abnormal", {"state": "asked"})
            assert await market.ask(settle(book, wish.refund_id)) == asked
            await market.ask(end(book, wish.refund_id, "abnormal"))
            answers = await asyncio.gather(
                *(market.ask(settle(book, wish.refund_id)) for _ in range(3))
            )
            done = money.RefundSettling(
                subject_id=wish.refund_id, order_id=attempt.order_id,
                out_refund_no=money.rules.out_refund_no(book, wish.refund_id),
            )  # fmt: skip
            assert answers.count(done) == 1
            assert answers.count(asked) == 2
            assert await count(owner_url, AGAIN, book) == 1
            assert await count(owner_url, HELD, book) == 500
            ended = await market.ask(end(book, wish.refund_id, "succeeded"))
            assert isinstance(ended, money.RefundEnded)
            assert await market.ask(settle(book, new_id())) == Refused("refund_unknown")
        assert await count(owner_url, HELD, book) == 0
        assert await broken(owner_url) == []

    asyncio.run(scene())
