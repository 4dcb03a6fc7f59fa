"""A purchase over shops: all orders are held or none, however often and at once it is asked."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple
from uuid import UUID, uuid4

import asyncpg
import pytest

from jishi import trade
from jishi.kernel import Market, Refused, new_id, verify
from jishi.trade import NotPurchased, Purchased, place_all
from tests.conftest import IS_SOAK, opened
from tests.shops import price_of, seed_shops, sku_of
from tests.trade.orders import place

ROUNDS = 1_000 if IS_SOAK else 50


class Shops(NamedTuple):
    """Two shops, their books, and an open market."""

    market: Market
    first: int
    second: int
    owner_url: str

    def orders(self, quantity: int = 1, *, seen: int = 0, buyer: int = 7) -> list[trade.PlaceOrder]:
        """Ask for some of both shops' first SKU."""
        return [
            place(self.first, (sku_of(self.first, 1), quantity, price_of(1)), buyer=buyer),
            place(
                self.second, (sku_of(self.second, 1), quantity, seen or price_of(1)), buyer=buyer
            ),
        ]

    async def states(self) -> list[tuple[int, str]]:
        """Give the orders' books and states."""
        connection = await asyncpg.connect(self.owner_url)
        rows = await connection.fetch("select book, state from trade.orders order by order_id")
        await connection.close()
        return [(row["book"], row["state"]) for row in rows]

    async def shelves(self) -> list[int]:
        """Give what is free in both shops."""
        connection = await asyncpg.connect(self.owner_url)
        rows = await connection.fetch(
            "select balance from ledger.accounts where kind = 'shelf' and unit = any($1)"
            " order by book", [sku_of(self.first, 1), sku_of(self.second, 1)],
        )  # fmt: skip
        await connection.close()
        return [row["balance"] for row in rows]


@asynccontextmanager
async def two_shops(urls: tuple[str, str], stock: int = 10) -> AsyncIterator[Shops]:
    """Lend two shops in a database of their own; at the end every promise is kept."""
    first = new_id() >> 20
    await seed_shops(urls[1], first, shops=2, skus=1, stock=stock)
    async with opened(urls[0]) as market:
        yield Shops(market, first, first + 1, urls[1])
        while await market.worker.work_due():
            pass
    assert [kept.promise async for kept in verify(urls[1]) if kept.broken] == []


def test_all_are_held_under_one_purchase(fresh_database: tuple[str, str]) -> None:
    async def scene() -> None:
        async with two_shops(fresh_database) as shops:
            key = uuid4()
            answer = await place_all(shops.market, key, shops.orders(2))
            assert isinstance(answer, Purchased)
            assert len(answer.orders) == 2
            again = await place_all(shops.market, key, shops.orders(2))
            assert again == answer
            assert [state for _, state in await shops.states()] == ["awaiting_payment"] * 2
            assert await shops.shelves() == [8, 8]

    asyncio.run(scene())


@pytest.mark.parametrize("why", ["price_changed", "out_of_stock"])
def test_where_one_is_refused_the_other_is_released(
    fresh_database: tuple[str, str], why: str
) -> None:
    async def scene() -> None:
        async with two_shops(fresh_database) as shops:
            orders = shops.orders(seen=7) if why == "price_changed" else shops.orders()
            if why == "out_of_stock":
                taken = place(shops.second, (sku_of(shops.second, 1), 10, price_of(1)))
                await shops.market.ask(taken)
            answer = await place_all(shops.market, uuid4(), orders)
            assert isinstance(answer, NotPurchased)
            assert (answer.book, answer.refused.reason) == (shops.second, why)
            assert (shops.first, "closed") in await shops.states()
            assert (await shops.shelves())[0] == 10

    asyncio.run(scene())


def test_what_was_released_is_not_sold_again_by_the_same_form(
    fresh_database: tuple[str, str],
) -> None:
    """The first sending failed; the second finds the missing goods, but not the released order."""

    async def scene() -> None:
        async with two_shops(fresh_database) as shops:
            key, taken = uuid4(), place(shops.second, (sku_of(shops.second, 1), 10, price_of(1)))
            await shops.market.ask(taken)
            assert isinstance(await place_all(shops.market, key, shops.orders()), NotPurchased)
            await shops.market.ask(
                trade.CancelOrder(
                    key=uuid4(), book=shops.second, actor_id=7, order_id=taken.order_id
                ),
                wait=3,
            )
            answer = await place_all(shops.market, key, shops.orders())
            assert answer == NotPurchased(0, Refused("purchase_over"))
            assert {state for _, state in await shops.states()} == {"closed"}
            assert await shops.shelves() == [10, 10]

    asyncio.run(scene())


def test_more_than_ten_shops_are_refused_before_anything_is_asked() -> None:
    async def scene() -> None:
        many = [place(book, (1, 1, 1)) for book in range(1, 12)]
        answer = await place_all(Market(""), uuid4(), many)
        assert answer == NotPurchased(0, Refused("purchase_out_of_bounds", {"shops_max": 10}))

    asyncio.run(scene())


async def race(shops: Shops, keys: list[UUID]) -> int:
    """Let so many buyers want the last piece of both shops at once; count who got both."""
    asked = [
        place_all(shops.market, key, shops.orders(buyer=number))
        for number, key in enumerate(keys, start=1)
    ]
    answers = await asyncio.gather(*asked)
    return sum(isinstance(answer, Purchased) for answer in answers)


def test_of_buyers_who_race_for_the_last_piece_nobody_keeps_half(
    fresh_database: tuple[str, str],
) -> None:
    async def scene() -> None:
        async with two_shops(fresh_database, stock=ROUNDS // 10) as shops:
            bought = 0
            for _ in range(ROUNDS // 5):
                bought += await race(shops, [uuid4() for _ in range(5)])
            while await shops.market.worker.work_due():
                pass
            held = [book for book, state in await shops.states() if state == "awaiting_payment"]
            assert held.count(shops.first) == held.count(shops.second) == bought
            assert await shops.shelves() == [ROUNDS // 10 - bought] * 2
            assert bought > 0

    asyncio.run(scene())


def test_without_the_release_half_a_purchase_would_be_kept(
    fresh_database: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control."""

    async def keep(*_: object) -> None: ...

    monkeypatch.setattr("jishi.trade.purchase._release", keep)

    async def scene() -> None:
        async with two_shops(fresh_database) as shops:
            await place_all(shops.market, uuid4(), shops.orders(seen=7))
            assert (shops.first, "awaiting_payment") in await shops.states()

    asyncio.run(scene())
