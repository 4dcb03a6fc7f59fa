"""Freight: what is decided, what is refused, what is written, and whom it holds for."""

import asyncio

import asyncpg
import pytest

from jishi import trade
from jishi.kernel import Refused, new_id
from jishi.trade.freight_rules import ZONES_MAX, Zone
from jishi.trade.set_freight import decide
from tests.conftest import opened
from tests.shops import price_of, seed_shops, sku_of
from tests.trade.freights import flat, set_freight, unserved
from tests.trade.orders import place

BOUNDS = Refused("freight_out_of_bounds", {"zones_max": ZONES_MAX})


def test_a_template_is_accepted_as_it_is() -> None:
    answer = decide(None, set_freight(1, flat(800, 9900), unserved("65", "54")))
    assert isinstance(answer, trade.FreightSet)
    assert answer.charged_by == "piece"
    assert answer.zones == [flat(800, 9900), unserved("65", "54")]


@pytest.mark.parametrize(
    ("zones", "charged_by", "reason"),
    [
        ((), "piece", "freight_out_of_bounds"),
        ((flat(1),), "volume", "freight_out_of_bounds"),
        (tuple(flat(1, divisions=(str(n),)) for n in range(10, 51)), "piece",
         "freight_out_of_bounds"),
        ((flat(1, divisions=("4",)),), "piece", "division_unknown"),
        ((flat(1, divisions=("44030",)),), "piece", "division_unknown"),
        ((flat(1, divisions=("４４",)),), "piece", "division_unknown"),
        ((flat(1), flat(2)), "piece", "division_twice"),
        ((flat(1, divisions=("44",)), unserved("44")), "piece", "division_twice"),
        ((flat(-1),), "piece", "freight_out_of_bounds"),
        ((flat(1_000_001),), "piece", "freight_out_of_bounds"),
        ((flat(1, -1),), "piece", "freight_out_of_bounds"),
        ((Zone([], True, 0, 1, 1, 1, 0),), "weight", "freight_out_of_bounds"),
        ((Zone([], True, 1, 1, 0, 1, 0),), "weight", "freight_out_of_bounds"),
    ],
)  # fmt: skip
def test_what_is_no_template_is_refused(
    zones: tuple[Zone, ...], charged_by: str, reason: str
) -> None:
    asked = set_freight(1, *zones, charged_by=charged_by)
    answer = decide(None, asked)
    assert isinstance(answer, Refused)
    assert answer.reason == reason


def test_the_newest_template_holds_and_the_older_ones_are_kept(
    database_url: str, owner_url: str
) -> None:
    book = new_id() >> 20

    async def scene() -> None:
        await seed_shops(owner_url, book)
        line = (sku_of(book, 1), 1, price_of(1))
        async with opened(database_url) as market:
            assert isinstance(await market.ask(place(book, line)), trade.OrderPlaced)
            first = set_freight(book, flat(800, divisions=("44",)), unserved())
            assert isinstance(await market.ask(first), trade.FreightSet)
            seen = {"old_fen": 0, "new_fen": 800}
            assert await market.ask(place(book, line)) == Refused("freight_changed", seen)
            placed = await market.ask(place(book, line, freight_fen=800))
            assert isinstance(placed, trade.OrderPlaced)
            assert placed.total_fen == price_of(1) + 800
            away = trade.Destination("parcel", address_id=70, division="650102")
            refused = await market.ask(place(book, line, destination=away))
            assert refused == Refused("not_deliverable")
            assert isinstance(await market.ask(set_freight(book, flat(0))), trade.FreightSet)
            assert isinstance(await market.ask(place(book, line)), trade.OrderPlaced)
            assert await market.ask(set_freight(book)) == BOUNDS
        connection = await asyncpg.connect(owner_url)
        rows = await connection.fetch(
            "select number, position, divisions, is_served, first_fen from trade.freight_zones"
            " where book = $1 order by number, position", book,
        )  # fmt: skip
        events = await connection.fetchval(
            "select event_count from kernel.books where book = $1", book
        )
        await connection.close()
        assert [tuple(row) for row in rows] == [
            (3, 1, ["44"], True, 800), (3, 2, [], False, 0), (5, 1, [], True, 0),
        ]  # fmt: skip
        assert events == 6

    asyncio.run(scene())
