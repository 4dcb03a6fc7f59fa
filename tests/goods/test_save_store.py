"""Stores: a name, facts that can be shown, and a shelf for every SKU from the first moment."""

import asyncio
from uuid import uuid4

import msgspec
import pytest

from jishi import goods
from jishi.goods.save_store import World, decide
from jishi.kernel import Refused, new_id, verify
from tests.conftest import opened
from tests.shops import seed_shops

WEEK = ("09:00-21:00",) * 6 + ("",)


def save(book: int, number: int, **other: object) -> goods.SaveStore:
    """Ask to save a store."""
    asked = goods.SaveStore(
        key=uuid4(), book=book, actor_id=3, store_id=number, name="二店", name_en="",
        whereabouts="文三路 1 号", phone="0571-1234", hours=WEEK, latitude_micro=30_274_100,
        longitude_micro=120_155_100,
    )  # fmt: skip
    return msgspec.structs.replace(asked, **other)


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"store_id": 0}, "store_id_unclear"),
        ({"name": " "}, "store_name_out_of_bounds"),
        ({"name_en": "x" * 61}, "store_name_out_of_bounds"),
        ({"whereabouts": "\x00"}, "whereabouts_out_of_bounds"),
        ({"phone": "1" * 21}, "whereabouts_out_of_bounds"),
        ({"hours": ("9-21",) * 7}, "hours_unclear"),
        ({"hours": ("",)}, "hours_unclear"),
        ({"latitude_micro": None}, "position_unclear"),
        ({"longitude_micro": 180_000_001}, "position_unclear"),
    ],
)
def test_what_is_no_store_is_refused(other: dict[str, object], reason: str) -> None:
    answer = decide(World({1}), save(1, 2, **other))
    assert isinstance(answer, Refused)
    assert answer.reason == reason


def test_a_shop_has_so_many_stores_and_each_may_still_change() -> None:
    world = World(set(range(1, 50)))
    assert isinstance(decide(world, save(1, 50)), goods.StoreSaved)
    assert decide(world, save(1, 51)) == Refused("too_many_stores", {"stores_max": 50})
    assert isinstance(decide(world, save(1, 50)), goods.StoreSaved)


def test_a_new_store_has_its_facts_and_every_shelf(database_url: str, owner_url: str) -> None:
    async def scene() -> list[str]:
        book = new_id() >> 20
        await seed_shops(owner_url, book, skus=3)
        async with opened(database_url) as market:
            known = save(book, 1, name="总店", hours=(), latitude_micro=None, longitude_micro=None)
            answers = await asyncio.gather(*map(market.ask, [save(book, 2), known]))
            assert [each.is_new for each in answers if isinstance(each, goods.StoreSaved)] == [
                True, False,
            ]  # fmt: skip
            rows = await market.look(goods.stores.of_shop, book=book)
            assert [(each.store_id, each.name, each.hours) for each in rows] == [
                (1, "总店", []), (2, "二店", list(WEEK)),
            ]  # fmt: skip
            assert (rows[1].latitude_micro, rows[0].latitude_micro) == (30_274_100, None)
        return [kept.promise async for kept in verify(owner_url) if kept.broken]

    assert "goods.every_sku_has_a_shelf" not in asyncio.run(scene())
