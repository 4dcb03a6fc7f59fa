"""A struck price needs proof: the lowest price of the seven days before, all of them on offer."""

import asyncio

import pytest

from jishi import goods
from jishi.goods.rules import may_be_struck
from jishi.kernel import Answer, Refused, new_id, verify
from tests.conftest import opened
from tests.goods.saving import age
from tests.goods.test_price_sku import price
from tests.shops import seed_shops, sku_of
from tests.web.reader import change


@pytest.mark.parametrize(
    ("compare", "now", "lowest", "may"),
    [
        (None, None, None, True), (900, None, None, False), (900, None, 899, False),
        (900, None, 900, True), (900, 900, 100, True), (900, 800, 100, False),
    ],
)  # fmt: skip
def test_what_may_stand_struck(
    compare: int | None, now: int | None, lowest: int | None, may: bool
) -> None:
    assert may_be_struck(compare, now, lowest) is may


@pytest.mark.parametrize(
    ("history", "struck", "is_proven"),
    [
        ([], 900, False),
        ([(8, 900)], 900, True),
        ([(8, 900)], 901, False),
        ([(6, 900)], 900, False),
        ([(20, 500), (8, 900)], 900, True),
        ([(20, 900), (3, 850)], 900, False),
        ([(20, 900), (3, 850)], 850, True),
        ([(20, 900), (8, 700), (3, 950)], 900, False),
    ],
)
def test_seven_days_on_offer_are_the_proof(
    database_url: str, owner_url: str, history: list[tuple[int, int]], struck: int, is_proven: bool
) -> None:
    book = new_id() >> 20
    sku = sku_of(book, 1)

    async def scene() -> Answer:
        await seed_shops(owner_url, book, skus=1)
        await change(
            owner_url,
            ("update goods.products set listed_at = now() - interval '9 days' where book = $1",
             [book]),
        )  # fmt: skip
        async with opened(database_url) as market:
            # Each price is set and then grows older until the next one is.
            for (days, fen), (later, _) in zip(history, [*history[1:], (0, 0)], strict=False):
                assert isinstance(await market.ask(price(book, sku, fen)), goods.SkuPriced)
                await age(owner_url, book, days - later)
            return await market.ask(price(book, sku, 400, struck))

    answer = asyncio.run(scene())
    assert isinstance(answer, goods.SkuPriced) is is_proven
    if not is_proven:
        assert isinstance(answer, Refused)
        assert answer.reason == "struck_price_unproven"


def test_the_promise_sees_a_struck_price_without_proof(fresh_database: tuple[str, str]) -> None:
    url, owner_url = fresh_database
    book = new_id() >> 20
    sku = sku_of(book, 1)

    async def scene() -> list[int]:
        await seed_shops(owner_url, book, skus=1)
        await change(
            owner_url,
            ("update goods.products set listed_at = now() - interval '9 days' where book = $1",
             [book]),
        )  # fmt: skip
        async with opened(url) as market:
            await market.ask(price(book, sku, 900))
            await age(owner_url, book, 8)
            assert isinstance(await market.ask(price(book, sku, 800, 900)), goods.SkuPriced)
            # It goes on being struck while its price falls again.
            assert isinstance(await market.ask(price(book, sku, 700, 900)), goods.SkuPriced)
        before = await broken(owner_url)
        statement = (
            "insert into goods.prices (book, sku_id, number, changed_at, price_fen, compare_fen)"
            " values ($1, $2, 99, now(), 700, 950)"
        )
        await change(
            owner_url, (statement, [book, sku]),
            ("update goods.skus set compare_fen = 950 where book = $1 and sku_id = $2",
             [book, sku]),
        )  # fmt: skip
        return [before, await broken(owner_url)]

    async def broken(owner_url: str) -> int:
        promise = "goods.every_struck_price_has_its_proof"
        return sum([each.broken async for each in verify(owner_url, [promise])])

    assert asyncio.run(scene()) == [0, 1]
