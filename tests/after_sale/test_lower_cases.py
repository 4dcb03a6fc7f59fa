"""What was given back in WeChat's own console: no case gives it a second time."""

import asyncio
from uuid import uuid4

from jishi import after_sale, money
from jishi.kernel import Refused
from tests.after_sale.scene import PRICE_FEN, UNITS, Scene, agree, end, paid, refunding, wish
from tests.money.late.scene import broken, made

TOTAL = UNITS * PRICE_FEN


async def given_elsewhere(on: Scene, fen: int) -> None:
    """Let the merchant give so much back by himself; what follows is done."""
    attempt_id = await on.owner.fetchval(
        "select attempt_id from money.attempts"
        " where book = $1 and order_id = $2 and state = 'paid'",
        on.book, on.order_id,
    )  # fmt: skip
    number = money.rules.out_trade_no(on.book, attempt_id)
    answer = await on.market.ask(made(on.book, number, fen), wait=5)
    assert isinstance(answer, money.ExternalRefundRecorded)


async def owed(on: Scene, case_id: int) -> int:
    """Read what a case gives back."""
    found: int = await on.owner.fetchval(
        "select refund_fen from after_sale.cases where case_id = $1", case_id
    )
    return found


def test_a_case_gives_back_what_is_left(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            first, second = await on.case(), await on.case(quantity=2)
            await given_elsewhere(on, TOTAL - PRICE_FEN - 100)
            assert [await owed(on, each) for each in (first, second)] == [PRICE_FEN, 100]
            assert (await on.log(second))[-1] == ("money", "refund_lowered", "seller_review")
            for case_id in (first, second):
                await on.market.ask(agree(on, case_id), wait=5)
                await end(on, case_id, "succeeded")
                assert await on.state(case_id) == "done"
            assert await on.refunds(second) == [(await on.refunds(second))[0]]
            assert (await on.refunds(second))[0][1:] == (100, "succeeded")

    asyncio.run(scene())


def test_a_case_that_is_owed_nothing_is_done_without_a_refund(
    database_url: str, owner_url: str
) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            case_id = await on.case(quantity=UNITS)
            await given_elsewhere(on, TOTAL)
            assert await owed(on, case_id) == 0
            await on.market.ask(agree(on, case_id), wait=5)
            assert await on.state(case_id) == "done"
            assert await on.refunds(case_id) == []

    asyncio.run(scene())


def test_what_is_asked_of_wechat_already_is_left_alone(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            case_id = await refunding(on)
            await given_elsewhere(on, TOTAL - PRICE_FEN)
            assert await owed(on, case_id) == PRICE_FEN
            lower = after_sale.LowerCases(
                key=uuid4(), book=on.book, actor_id=0, order_id=on.order_id
            )
            assert await on.is_refused(lower, "nothing_to_lower")
            await end(on, case_id, "succeeded")
            assert await on.state(case_id) == "done"

    asyncio.run(scene())


def test_a_stuck_refund_is_retried_for_what_is_left(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            case_id = await refunding(on, UNITS)
            await end(on, case_id, "closed")
            await given_elsewhere(on, TOTAL - 5)
            retry = after_sale.RetryRefund(key=uuid4(), book=on.book, actor_id=900, case_id=case_id)
            await on.market.ask(retry, wait=5)
            assert (await on.refunds(case_id))[-1][1:] == (5, "asked")

    asyncio.run(scene())


def test_no_new_case_is_opened_for_more_than_is_left(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            await given_elsewhere(on, TOTAL - 100)
            more = await on.market.ask(wish(on, wanted_fen=101))
            assert more == Refused("refund_out_of_bounds", {"most_fen": 100})
            assert await owed(on, await on.case()) == 100
            nothing = await on.market.ask(wish(on))
            assert nothing == Refused("nothing_to_refund")

    asyncio.run(scene())


def test_the_promise_sees_a_case_that_wants_what_is_gone(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            case_id = await on.case()
            await given_elsewhere(on, TOTAL - 100)
            await on.owner.execute(
                "update money.refunds set asked_at = now() - interval '1 hour' where book = $1",
                on.book,
            )
            change = "update after_sale.cases set refund_fen = $2 where case_id = $1"
            await on.owner.execute(change, case_id, 101)
            assert "after_sale.no_order_owes_more_than_is_left_of_it" in await broken(owner_url)
            await on.owner.execute(change, case_id, 100)
            assert "after_sale.no_order_owes_more_than_is_left_of_it" not in await broken(owner_url)

    asyncio.run(scene())
