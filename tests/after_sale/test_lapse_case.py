"""Lapsing: nobody acted in time, so a case goes on by itself, once."""

import asyncio

from jishi import after_sale
from jishi.after_sale import clock
from tests.after_sale.scene import (
    STOCK,
    UNITS,
    agree,
    lapse,
    on_its_way,
    paid,
    receive,
    refuse,
    replace,
)


def test_a_silent_seller_has_agreed(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "paid") as on:
            ask = on.market.ask
            case_id = await on.case()
            assert await on.is_refused(lapse(on, case_id), "not_yet_due")
            assert await on.is_refused(lapse(on, 1), "case_unknown")
            await on.is_over(case_id)
            answer = await ask(lapse(on, case_id))
            assert isinstance(answer, after_sale.CaseLapsed)
            assert answer.state == "refunding"
            assert await on.held("shelf") == STOCK - UNITS + 1
            assert await on.is_refused(lapse(on, case_id), "not_yet_due")
            assert (await on.log(case_id))[-1] == ("clock", "waited_enough", "refunding")

    asyncio.run(scene())


def test_a_silent_buyer_has_let_it_go(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            ask = on.market.ask
            refused = await on.case()
            await ask(refuse(on, refused))
            unsent = await on.case("return_and_refund")
            await ask(agree(on, unsent))
            for case_id in (refused, unsent):
                await on.is_over(case_id)
                await ask(lapse(on, case_id))
                assert await on.state(case_id) == "closed"

    asyncio.run(scene())


def test_an_unwatched_parcel_is_refunded_and_restocks_nothing(
    database_url: str, owner_url: str
) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            ask = on.market.ask
            case_id = await on_its_way(on, "return_and_refund")
            await on.is_over(case_id)
            await ask(lapse(on, case_id))
            assert await on.state(case_id) == "refunding"
            assert await on.held("shelf") == STOCK - UNITS

    asyncio.run(scene())


def test_a_replacement_arrives_by_itself_or_was_never_sent(
    database_url: str, owner_url: str
) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            ask = on.market.ask
            sent, unsent = await on_its_way(on, "exchange"), await on_its_way(on, "exchange")
            await ask(receive(on, sent))
            await ask(receive(on, unsent))
            await ask(replace(on, sent))
            for case_id, state in ((sent, "done"), (unsent, "refunding")):
                await on.is_over(case_id)
                await ask(lapse(on, case_id))
                assert await on.state(case_id) == state

    asyncio.run(scene())


def test_the_clock_asks_for_whatever_is_due(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            case_id, other = await on.case(), await on.case()
            await on.is_over(case_id)
            await clock.lapse_cases(on.market)
            assert await on.state(case_id) == "refunding"
            assert await on.state(other) == "seller_review"

    asyncio.run(scene())
