"""Recording a code: of an attempt that is open, and of no other; the last one told stands."""

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

import msgspec

from jishi import money
from jishi.kernel import Refused, new_id
from tests.conftest import opened
from tests.trade.paying import came, started, take
from tests.web.reader import count

UNTIL = datetime(2030, 1, 1, tzinfo=UTC)
CODED = "select count(*) from money.attempts where book = $1 and code_url = $2"


def prepaid(book: int, attempt_id: int, code_url: str = "weixin://a") -> money.RecordPrepaid:
    """Tell of a code."""
    return money.RecordPrepaid(
        key=uuid4(), book=book, actor_id=0, attempt_id=attempt_id, way="h5", code_url=code_url,
        pay_until=UNTIL,
    )  # fmt: skip


def test_the_code_is_shown_until_the_attempt_ends(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            attempt = await started(market, book)
            answers = [
                await market.ask(prepaid(book, attempt.subject_id, code))
                for code in ("weixin://a", "weixin://b")
            ]
            event = money.PaymentPrepaid(
                subject_id=attempt.subject_id, out_trade_no=attempt.out_trade_no, pay_until=UNTIL
            )
            assert answers == [event, event]
            seen = await market.look(
                money.views.open_payment, book=book, of_book=book, order_id=attempt.order_id
            )
            assert seen is not None
            assert (seen.attempt_id, seen.way, seen.code_url) == (
                attempt.subject_id, "h5", "weixin://b"
            )  # fmt: skip
            await market.ask(take(book, came(attempt)))
            gone = await market.look(
                money.views.open_payment, book=book, of_book=book, order_id=attempt.order_id
            )
            assert gone is None
        assert await count(owner_url, CODED, book, "weixin://b") == 1

    asyncio.run(scene())


def test_it_refuses_in_this_order_and_writes_nothing(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            attempt = await started(market, book)
            odd = msgspec.structs.replace(prepaid(book, new_id(), ""), way="cash")
            assert await market.ask(odd) == Refused("way_unknown")
            for code in ("", "x" * 513, "a\x00b"):
                answer = await market.ask(prepaid(book, new_id(), code))
                assert answer == Refused("code_out_of_bounds")
            assert await market.ask(prepaid(book, new_id())) == Refused("attempt_unknown")
            await market.ask(take(book, came(attempt)))
            late = await market.ask(prepaid(book, attempt.subject_id))
            assert late == Refused("attempt_not_open", {"state": "paid"})
        assert await count(owner_url, CODED, book, "") == 1

    asyncio.run(scene())
