"""Closing an attempt: once; its order stays open and can be paid anew."""

import asyncio
from uuid import uuid4

from jishi import money, trade
from jishi.kernel import Refused, new_id
from tests.conftest import opened
from tests.trade.paying import came, start, started, take
from tests.web.reader import count

STATES = "select count(*) from money.attempts where book = $1 and state = $2"


def close(book: int, attempt_id: int) -> money.CloseAttempt:
    """Tell that WeChat closed it."""
    return money.CloseAttempt(key=uuid4(), book=book, actor_id=0, attempt_id=attempt_id)


def test_a_closed_attempt_makes_room_for_another(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            first = await started(market, book)
            answers = await asyncio.gather(
                *(market.ask(close(book, first.subject_id)) for _ in range(3))
            )
            done = money.AttemptClosed(subject_id=first.subject_id, order_id=first.order_id)
            late = Refused("attempt_not_open", {"state": "closed"})
            assert sorted(answers, key=repr) == sorted([done, late, late], key=repr)
            second = await market.ask(start(book, first.order_id))
            assert isinstance(second, trade.PaymentStarted)
        assert await count(owner_url, STATES, book, "closed") == 1
        assert await count(owner_url, STATES, book, "open") == 1

    asyncio.run(scene())


def test_what_is_paid_or_unknown_is_not_closed(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            assert await market.ask(close(book, new_id())) == Refused("attempt_unknown")
            attempt = await started(market, book)
            await market.ask(take(book, came(attempt)))
            late = await market.ask(close(book, attempt.subject_id))
            assert late == Refused("attempt_not_open", {"state": "paid"})
        assert await count(owner_url, STATES, book, "paid") == 1

    asyncio.run(scene())
