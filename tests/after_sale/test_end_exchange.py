"""Ending an exchange: the goods came, or there are none to send."""

import asyncio

from jishi import after_sale
from tests.after_sale.scene import (
    PRICE_FEN,
    STAFF,
    end_exchange,
    on_its_way,
    paid,
    receive,
    replace,
    wish,
)


def test_what_came_is_done_and_its_unit_may_be_asked_about_again(
    database_url: str, owner_url: str
) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            ask = on.market.ask
            case_id = await on_its_way(on, "exchange", 3)
            await ask(receive(on, case_id, good=3))
            assert await on.is_refused(end_exchange(on, case_id), "case_elsewhere")
            await ask(replace(on, case_id))
            assert await on.is_refused(end_exchange(on, case_id, actor=8), "case_unknown")
            assert await on.is_refused(end_exchange(on, case_id, "seller", STAFF), "case_elsewhere")
            assert await on.is_refused(end_exchange(on, case_id, "money"), "doer_unknown")
            answer = await ask(end_exchange(on, case_id))
            assert isinstance(answer, after_sale.ExchangeEnded)
            assert await on.state(case_id) == "done"
            assert isinstance(await ask(wish(on)), after_sale.CaseOpened)

    asyncio.run(scene())


def test_what_cannot_be_replaced_is_refunded(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            ask = on.market.ask
            case_id = await on_its_way(on, "exchange")
            await ask(receive(on, case_id))
            answer = await ask(end_exchange(on, case_id, "seller", STAFF))
            assert isinstance(answer, after_sale.ExchangeEnded)
            assert (answer.state, answer.refund_fen) == ("refunding", PRICE_FEN)
            assert (await on.log(case_id))[-1] == ("seller", "replacement_given_up", "refunding")

    asyncio.run(scene())
