"""Refund twice by double click: one refund, whoever clicks how often, in however many processes."""

import asyncio

from jishi import after_sale
from jishi.after_sale import agree_case
from jishi.kernel import Refused, verify
from jishi.kernel.tx import Tx
from tests.after_sale.scene import PRICE_FEN, Scene, agree, paid, pay
from tests.conftest import IS_SOAK, opened

ROUNDS = 1_000 if IS_SOAK else 50


def test_two_clicks_in_two_processes_are_one_refund(fresh_database: tuple[str, str]) -> None:
    database_url, owner_url = fresh_database

    async def one(first: Scene, second: Scene) -> None:
        case_id = await first.case()
        answers = await asyncio.gather(
            first.market.ask(agree(first, case_id), wait=5),
            second.market.ask(agree(second, case_id), wait=5),
        )
        assert sum(isinstance(each, after_sale.CaseAgreed) for each in answers) == 1
        assert Refused("case_elsewhere", {"state": "refunding"}) in answers
        [(_, fen, state)] = await first.refunds(case_id)
        assert (fen, state) == (PRICE_FEN, "asked")

    async def scene() -> list[str]:
        async with (
            paid(database_url, owner_url, stock=3 * ROUNDS + 3) as on,
            opened(database_url) as other,
        ):
            for _ in range(ROUNDS):
                first = on._replace(order_id=await pay(on.market, on.book))
                await one(first, first._replace(market=other))
        return [kept.promise async for kept in verify(owner_url) if kept.broken]

    assert asyncio.run(scene()) == []


def test_without_the_lock_both_clicks_would_be_accepted(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url) as on:
            asked = agree(on, await on.case())
            decided = []
            for _ in range(2):
                async with on.market.database.transaction(book=on.book) as connection:
                    world = await agree_case.gather(Tx(connection, on.book), [asked])
                    decided.append(agree_case.decide(world, asked))
            assert [isinstance(each, after_sale.CaseAgreed) for each in decided] == [True, True]

    asyncio.run(scene())
