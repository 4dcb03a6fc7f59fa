"""Looking for a refund: while it has not ended, each time after a longer pause."""

import asyncio
from uuid import uuid4

from jishi import money
from jishi.kernel import Refused, new_id
from jishi.money.look_for_refund import look_for_refunds
from tests.conftest import opened, run_as_owner
from tests.money.refunding import ask, end, paid
from tests.web.reader import count

LOOKS = "select looks from money.refunds where book = $1 and refund_id = $2"
PAUSE = "select extract(epoch from look_at - now()) from money.refunds where refund_id = $1"


def look(book: int, refund_id: int, looks: int = 0) -> money.LookForRefund:
    """Let the clock ask."""
    return money.LookForRefund(key=uuid4(), book=book, actor_id=0, refund_id=refund_id, looks=looks)


def test_wechat_is_to_be_asked_under_the_same_number(database_url: str, book: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            attempt = await paid(market, book)
            wish = ask(book, attempt.order_id, 500)
            asked = await market.ask(wish)
            assert isinstance(asked, money.RefundAsked)
            assert await market.ask(look(book, wish.refund_id)) == money.RefundLookedFor(
                subject_id=wish.refund_id, order_id=attempt.order_id,
                out_trade_no=asked.out_trade_no, out_refund_no=asked.out_refund_no,
                amount_fen=500, paid_fen=asked.paid_fen, reason="after_sale",
            )  # fmt: skip
            await market.ask(end(book, wish.refund_id, "succeeded"))
            late = await market.ask(look(book, wish.refund_id))
            assert late == Refused("refund_ended", {"state": "succeeded"})
            assert await market.ask(look(book, new_id())) == Refused("refund_unknown")

    asyncio.run(scene())


def test_the_clock_looks_when_it_is_time_and_each_time_later(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            attempt = await paid(market, book)
            wish = ask(book, attempt.order_id, 500)
            await market.ask(wish)
            await look_for_refunds(market)
            assert await count(owner_url, LOOKS, book, wish.refund_id) == 0
            due = f"update money.refunds set look_at = now() where refund_id = {wish.refund_id}"
            for looks, seconds in ((1, 60), (2, 120), (3, 240)):
                await run_as_owner(owner_url, due)
                await look_for_refunds(market)
                await look_for_refunds(market)
                assert await count(owner_url, LOOKS, book, wish.refund_id) == looks
                pause = await count(owner_url, PAUSE, wish.refund_id)
                assert seconds - 10 < pause <= seconds

    asyncio.run(scene())


def test_the_pause_ends_at_six_hours() -> None:
    pauses = [money.rules.look_pause(looks) for looks in (-1, 0, 1, 8, 9, 10, 2**62)]
    assert pauses == [60, 60, 120, 15_360, 21_600, 21_600, 21_600]
