"""How a refund ended: told ten times it ends once; what is closed can be asked anew."""

import asyncio

import pytest

from jishi import money
from jishi.kernel import Refused, new_id
from tests.conftest import opened
from tests.money.refunding import ask, end, paid
from tests.shops import price_of
from tests.trade.test_take_payment import broken
from tests.web.reader import count

TOTAL = 3 * price_of(1)
HELD = "select balance from ledger.accounts where book = $1 and kind = $2"
WENT = (
    "select coalesce(sum(amount), 0) from ledger.transfers"
    " where book = $1 and giver_kind = 'refunding' and taker_kind = 'wechat'"
)


@pytest.mark.parametrize(
    ("outcome", "escrow", "refunding", "went"),
    [
        ("succeeded", TOTAL - 500, 0, 500),
        ("abnormal", TOTAL - 500, 500, 0),
        ("closed", TOTAL, 0, 0),
    ],
)
def test_the_money_goes_where_the_refund_ended(
    database_url: str, owner_url: str, book: int,
    outcome: str, escrow: int, refunding: int, went: int,
) -> None:  # fmt: skip
    async def scene() -> None:
        async with opened(database_url) as market:
            attempt = await paid(market, book)
            wish = ask(book, attempt.order_id, 500)
            await market.ask(wish)
            told = [market.ask(end(book, wish.refund_id, outcome)) for _ in range(10)]
            answers = await asyncio.gather(*told)
            done = money.RefundEnded(
                subject_id=wish.refund_id, order_id=attempt.order_id, cause_id=5,
                amount_fen=500, reason="after_sale", outcome=outcome,
            )  # fmt: skip
            assert answers.count(done) == 1
            assert answers.count(Refused("refund_ended", {"state": outcome})) == 9
        assert await count(owner_url, HELD, book, "escrow") == escrow
        assert await count(owner_url, HELD, book, "refunding") == refunding
        assert await count(owner_url, WENT, book) == went
        assert await broken(owner_url) == []

    asyncio.run(scene())


def test_what_is_abnormal_may_still_be_settled(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            attempt = await paid(market, book)
            wish = ask(book, attempt.order_id, 500)
            await market.ask(wish)
            answers = await asyncio.gather(
                *(market.ask(end(book, wish.refund_id, o)) for o in ("abnormal", "succeeded"))
            )
            assert all(isinstance(each, money.RefundEnded) for each in answers)
            late = await market.ask(end(book, wish.refund_id, "closed"))
            assert late == Refused("refund_ended", {"state": "succeeded"})
        assert await count(owner_url, HELD, book, "refunding") == 0
        assert await count(owner_url, WENT, book) == 500
        assert await broken(owner_url) == []

    asyncio.run(scene())


def test_it_refuses_in_this_order(database_url: str, book: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            assert await market.ask(end(book, 1, "lost")) == Refused("outcome_unknown")
            answer = await market.ask(end(book, new_id(), "closed"))
            assert answer == Refused("refund_unknown")

    asyncio.run(scene())
