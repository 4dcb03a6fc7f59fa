"""An order that is paid goes elsewhere for the same freight, until a parcel of it is sent."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from jishi import fulfilment, trade
from jishi.kernel import Market, Refused, new_id, verify
from tests.conftest import opened
from tests.fulfilment.parcel_scene import Scene, bought, ship
from tests.shops import price_of, seed_shops, sku_of
from tests.trade.freights import flat, set_freight, unserved
from tests.trade.orders import BUYER, place
from tests.trade.paying import came, start, take

PROMISE = "trade.every_changed_address_holds_and_came_before_sending"
PLACE = "select address_id, division from trade.orders where book = $1 and order_id = $2"


def move(on: Scene, **change: Any) -> trade.ChangeAddress:
    """Ask to have the order sent elsewhere."""
    asked: dict[str, Any] = {
        "key": uuid4(), "book": on.book, "actor_id": BUYER, "order_id": on.order_id,
        "address_id": 71, "division": "110105",
    }  # fmt: skip
    return trade.ChangeAddress(**(asked | change))


async def goes_to(on: Scene) -> tuple[int, str]:
    """Read where the order goes."""
    row = await on.owner.fetchrow(PLACE, on.book, on.order_id)
    assert row is not None
    return row["address_id"], row["division"]


async def broken(owner_url: str, book: int) -> list[str]:
    """Give what is shown of the promise's breach in this book."""
    found = [each async for each in verify(owner_url, [PROMISE]) if each.broken]
    return [str(shown) for each in found for shown in each.shown if str(book) in str(shown)]


def test_the_buyer_moves_his_own_paid_order_and_the_shop_may_for_him(
    database_url: str, owner_url: str
) -> None:
    async def scene() -> None:
        async with bought(database_url, owner_url) as on:
            asked = move(on)
            once, twice = await asyncio.gather(on.market.ask(asked), on.market.ask(asked))
            assert (
                once == twice == trade.AddressChanged(subject_id=on.order_id, from_id=70, to_id=71)
            )
            assert await goes_to(on) == (71, "110105")
            by_shop = move(on, actor_id=900, is_by_shop=True, address_id=72, division="440305")
            assert isinstance(await on.market.ask(by_shop), trade.AddressChanged)
            assert await goes_to(on) == (72, "440305")
            assert await on.market.ask(move(on, address_id=72)) == Refused("address_unchanged")
            both = [move(on, address_id=80 + n) for n in range(2)]
            await asyncio.gather(*map(on.market.ask, both))
            assert (await goes_to(on))[0] in {80, 81}
            assert await broken(owner_url, on.book) == []

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"actor_id": BUYER + 1}, "order_unknown"),
        ({"order_id": 1}, "order_unknown"),
        ({"address_id": 0}, "destination_unclear"),
        ({"division": "44030"}, "destination_unclear"),
        ({"address_id": 70}, "address_unchanged"),
    ],
)
def test_what_is_refused_changes_nothing(
    database_url: str, owner_url: str, change: dict[str, object], reason: str
) -> None:
    async def scene() -> None:
        async with bought(database_url, owner_url) as on:
            answer = await on.market.ask(move(on, **change))
            assert isinstance(answer, Refused)
            assert answer.reason == reason
            assert await goes_to(on) == (70, "440305")

    asyncio.run(scene())


def test_what_is_sent_goes_where_it_goes(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with bought(database_url, owner_url) as on:
            await on.market.ask(ship(on, (1, 1)))
            for state in ("partly_shipped", "shipped"):
                assert await on.market.ask(move(on)) == Refused("address_settled", {"state": state})
                await on.market.ask(ship(on, (1, 2), (2, 2)))
            assert await goes_to(on) == (70, "440305")

    asyncio.run(scene())


async def paid_order(market: Market, book: int, freight_fen: int) -> int:
    """Place and pay an order that goes to Shenzhen."""
    asked = place(book, (sku_of(book, 1), 3, price_of(1)), freight_fen=freight_fen)
    assert isinstance(await market.ask(asked), trade.OrderPlaced)
    begun = await market.ask(start(book, asked.order_id))
    assert isinstance(begun, trade.PaymentStarted)
    paid = take(book, came(begun, transaction_id=f"45{asked.order_id}"))
    assert isinstance(await market.ask(paid), trade.PaymentTaken)
    return asked.order_id


def test_only_for_the_same_freight_and_where_the_shop_delivers(
    database_url: str, owner_url: str
) -> None:
    async def scene() -> None:
        book = new_id() >> 20
        await seed_shops(owner_url, book, stock=10)
        async with opened(database_url) as market:
            zones = (
                flat(800, divisions=("44", "31")), flat(1_200, divisions=("11",)),
                unserved("65"), flat(500),
            )  # fmt: skip
            assert isinstance(await market.ask(set_freight(book, *zones)), trade.FreightSet)
            order_id = await paid_order(market, book, 800)
            asked = {
                "110105": "freight_differs", "510104": "freight_differs",
                "650102": "not_deliverable", "310101": "",
            }  # fmt: skip
            for number, (division, reason) in enumerate(asked.items(), start=1):
                answer = await market.ask(
                    trade.ChangeAddress(
                        key=uuid4(), book=book, actor_id=BUYER, order_id=order_id,
                        address_id=90 + number, division=division,
                    )
                )  # fmt: skip
                assert (answer.reason if isinstance(answer, Refused) else "") == reason, division

    asyncio.run(scene())


def test_sending_and_moving_at_once_is_decided_by_the_orders_lock(
    database_url: str, owner_url: str
) -> None:
    async def scene() -> None:
        for turn in range(12):
            async with bought(database_url, owner_url) as on:
                packed = ship(on, seen_address_id=70)
                asked = (packed, move(on)) if turn % 2 else (move(on), packed)
                answers = await asyncio.gather(*map(on.market.ask, asked))
                sent, moved = answers if turn % 2 else reversed(answers)
                is_sent = isinstance(sent, fulfilment.ParcelShipped)
                assert is_sent != isinstance(moved, trade.AddressChanged), (sent, moved)
                assert await goes_to(on) == ((70, "440305") if is_sent else (71, "110105"))
                if not is_sent:
                    assert sent == Refused("address_changed")
                    assert await on.state() == "paid"

    asyncio.run(scene())


def test_whoever_does_not_say_what_he_packed_for_sends_it_all_the_same(
    database_url: str, owner_url: str
) -> None:
    async def scene() -> None:
        async with bought(database_url, owner_url) as on:
            await on.market.ask(move(on))
            assert isinstance(await on.market.ask(ship(on)), fulfilment.ParcelShipped)

    asyncio.run(scene())


@pytest.mark.parametrize(
    "breach",
    [
        "update trade.orders set address_id = 99 where book = $1",
        "update trade.address_changes set number = number + 100 where book = $1",
    ],
)
def test_a_breach_is_seen(fresh_database: tuple[str, str], breach: str) -> None:
    async def scene() -> None:
        url, owner_url = fresh_database
        async with bought(url, owner_url) as on:
            await on.market.ask(move(on))
            await on.market.ask(ship(on))
            assert await broken(owner_url, on.book) == []
            await on.owner.execute("alter table trade.address_changes disable trigger user")
            await on.owner.execute(breach, on.book)
            assert await broken(owner_url, on.book) != []

    asyncio.run(scene())
