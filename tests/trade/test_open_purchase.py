"""Opening a purchase: two to ten shops, once; seen by its buyer alone."""

import asyncio
from uuid import uuid4

import pytest

from jishi import trade
from jishi.kernel import MARKET, Refused, new_id, new_public_id
from jishi.trade import PurchasePart
from jishi.trade.open_purchase import decide
from jishi.trade.rules import SHOPS_MAX
from tests.conftest import opened

BOUNDS = Refused("purchase_out_of_bounds", {"shops_max": SHOPS_MAX})


def ask(purchase_id: int, *parts: tuple[int, int], buyer: int = 7) -> trade.OpenPurchase:
    """Ask for a purchase of (shop's book, order)."""
    return trade.OpenPurchase(
        key=uuid4(), book=MARKET, actor_id=buyer, purchase_id=purchase_id,
        public_id=new_public_id(), parts=tuple(PurchasePart(*part) for part in parts),
    )  # fmt: skip


@pytest.mark.parametrize("parts", [
    (), ((5, 1),), ((5, 1), (5, 2)), tuple((n, n) for n in range(1, SHOPS_MAX + 2)),
])  # fmt: skip
def test_one_shop_too_many_or_one_twice_is_refused(parts: tuple[tuple[int, int], ...]) -> None:
    assert decide({9}, ask(9, *parts)) == BOUNDS


def test_an_id_stands_for_one_purchase() -> None:
    world = {9}
    assert decide(world, ask(9, (5, 1), (6, 2))) == Refused("purchase_id_taken")
    assert decide(world, ask(0, (5, 1), (6, 2))) == Refused("purchase_id_taken")
    assert isinstance(decide(world, ask(8, (5, 1), (6, 2))), trade.PurchaseOpened)
    assert decide(world, ask(8, (5, 3), (6, 4))) == Refused("purchase_id_taken")


def test_it_is_nobody_else_s(fresh_database: tuple[str, str]) -> None:
    asked = ask(new_id(), (5, 1), (6, 2), buyer=new_id())

    async def scene() -> None:
        async with opened(fresh_database[0]) as market:
            assert isinstance(await market.ask(asked), trade.PurchaseOpened)
            look, found = trade.views.purchase, asked.public_id
            mine = await market.look(look, person=asked.actor_id, of_book=MARKET, purchase=found)
            assert mine is not None
            assert mine.purchase_id == asked.purchase_id
            for person in (0, asked.actor_id + 1):
                spied = await market.look(look, person=person, of_book=MARKET, purchase=found)
                assert spied is None

    asyncio.run(scene())
