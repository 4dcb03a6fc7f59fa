"""Shipping: each unit once, in as many parcels as it takes; none whose money is asked back."""

import asyncio

import pytest

from jishi import fulfilment
from jishi.kernel import verify
from tests.after_sale.scene import agree
from tests.fulfilment.parcel_scene import bought, finish, ship
from tests.trade.orders import place


def test_an_order_is_sent_in_two_parcels(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with bought(database_url, owner_url) as on:
            first = await on.market.ask(ship(on, (1, 2)))
            assert isinstance(first, fulfilment.ParcelShipped)
            assert (first.state, await on.state()) == ("partly_shipped", "partly_shipped")
            assert await on.reason(ship(on, (1, 2), (2, 2))) == "units_not_left"
            assert await on.reason(ship(on, (1, 1), (2, 2))) == ""
            assert await on.state() == "shipped"
            assert await on.reason(ship(on, (1, 1))) == "order_elsewhere"
            assert (await on.steps())[-2:] == ["parcel_sent", "last_parcel_sent"]
            parcels = await on.market.look(
                fulfilment.parcels.views.parcels,
                book=on.book,
                of_book=on.book,
                order_id=on.order_id,
            )
            assert [[line.quantity for line in each.lines] for each in parcels] == [[2], [1, 2]]

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("lines", "carrier", "tracking", "reason"),
    [
        (((1, 4),), "SF", "SF1234", "units_not_left"),
        (((9, 1),), "SF", "SF1234", "units_not_left"),
        (((1, 0),), "SF", "SF1234", "packing_unclear"),
        (((1, 1), (1, 1)), "SF", "SF1234", "packing_unclear"),
        (((1, 1),), "NOBODY", "SF1234", "parcel_untraceable"),
        (((1, 1),), "SF", "12", "parcel_untraceable"),
        (((1, 1),), "SF", "12\x0034", "parcel_untraceable"),
        (((1, 1),), "SF", "１２３４５", "parcel_untraceable"),
    ],
)
def test_what_cannot_be_sent_is_refused(
    database_url: str, owner_url: str, lines: tuple[tuple[int, int], ...], carrier: str,
    tracking: str, reason: str,
) -> None:  # fmt: skip
    async def scene() -> None:
        async with bought(database_url, owner_url) as on:
            asked = ship(on, *lines, carrier=carrier, tracking=tracking)
            assert await on.reason(asked) == reason
            assert await on.reason(ship(on, (1, 1), order_id=1)) == "order_unknown"

    asyncio.run(scene())


def test_what_is_not_paid_is_not_sent(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with bought(database_url, owner_url) as on:
            line = await on.owner.fetchrow(
                "select sku_id, price_fen from trade.order_lines where order_id = $1", on.order_id
            )
            assert line is not None
            unpaid = place(on.book, (line["sku_id"], 1, line["price_fen"]))
            await on.market.ask(unpaid)
            asked = ship(on, (1, 1), order_id=unpaid.order_id)
            assert await on.reason(asked) == "order_elsewhere"

    asyncio.run(scene())


def test_units_refunded_unsent_are_not_sent(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with bought(database_url, owner_url) as on:
            await on.market.ask(ship(on, (2, 2)))
            # The line that was not sent can only be refunded; while that is asked, nothing goes.
            case_id = await on.case.case("refund_only", 2)
            assert await on.reason(ship(on, (1, 1))) == "order_withheld"
            await on.market.ask(agree(on.case, case_id))
            assert await on.reason(ship(on, (1, 2))) == "units_not_left"
            assert await on.reason(finish(on)) == "units_left"
            assert await on.reason(ship(on, (1, 1))) == ""
            assert await on.state() == "shipped"

    asyncio.run(scene())


PLANTS = {
    "fulfilment.no_more_is_shipped_than_was_bought":
        "update fulfilment.parcel_lines set quantity = quantity + 1",
    "fulfilment.every_shipped_order_has_its_parcels":
        "delete from fulfilment.parcel_lines; delete from fulfilment.parcels",
}  # fmt: skip


@pytest.mark.parametrize("promise", PLANTS)
def test_a_planted_breach_is_found(fresh_database: tuple[str, str], promise: str) -> None:
    async def scene() -> dict[str, int]:
        async with bought(*fresh_database) as on:
            await on.market.ask(ship(on))
            broken = [kept.promise async for kept in verify(fresh_database[1]) if kept.broken]
            assert broken == []
            await on.owner.execute("set session_replication_role = replica;" + PLANTS[promise])
        return {kept.promise: kept.broken async for kept in verify(fresh_database[1])}

    assert asyncio.run(scene())[promise] >= 1
