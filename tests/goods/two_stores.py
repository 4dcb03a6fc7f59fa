"""A second store for a seeded shop, with stock of its own."""

from uuid import uuid4

from jishi import goods
from jishi.kernel import Market
from tests.conftest import opened
from tests.shops import sku_of

OTHER = 2
NORTH, EAST = 31_230_400, 121_473_700
"""Somewhere in Shanghai, in millionths of a degree."""


async def second_store(url: str, book: int, **stock: int) -> None:
    """Open the store, and put so many of a product there: `p2=5` five of the second."""
    async with opened(url) as market:
        await open_second(market, book, **stock)


async def open_second(market: Market, book: int, **stock: int) -> None:
    """Open the store in a market that is open."""
    opened_now = goods.SaveStore(
        key=uuid4(), book=book, actor_id=0, store_id=OTHER, name="外滩店", name_en="Bund store",
        whereabouts="中山东一路 1 号", phone="021-63290000", hours=("09:00-21:00",) * 7,
        latitude_micro=NORTH, longitude_micro=EAST,
    )  # fmt: skip
    assert isinstance(await market.ask(opened_now), goods.StoreSaved)
    for name, units in stock.items():
        came = goods.Restock(
            key=uuid4(), book=book, actor_id=0, sku_id=sku_of(book, int(name[1:])),
            quantity=units, reason="received", store_id=OTHER,
        )  # fmt: skip
        assert isinstance(await market.ask(came), goods.Restocked)
