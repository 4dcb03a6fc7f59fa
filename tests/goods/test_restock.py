"""Restocking: more, or less, never below nothing."""

import asyncio
from uuid import uuid4

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jishi import goods
from jishi.goods.restock import World, decide
from jishi.kernel import Refused, new_id
from jishi.kernel.tx import Tx
from tests.conftest import opened
from tests.shops import seed_shops, sku_of


def restock(book: int, sku_id: int, quantity: int, reason: str = "counted") -> goods.Restock:
    """Ask for units to come or go."""
    return goods.Restock(
        key=uuid4(), book=book, actor_id=0, sku_id=sku_id, quantity=quantity, reason=reason
    )


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    quantities=st.lists(
        st.integers(-12, 12) | st.sampled_from([10**6, -(10**6), 10**7]), max_size=12
    )
)
def test_what_decide_accepts_the_tables_accept(
    database_url: str, owner_url: str, quantities: list[int]
) -> None:
    async def scene() -> None:
        book = new_id() >> 20
        await seed_shops(owner_url, book, skus=1, stock=10)
        sku = sku_of(book, 1)
        async with opened(database_url) as market:
            asked = [market.ask(restock(book, sku, quantity)) for quantity in quantities]
            answers = await asyncio.gather(*asked)
            moved = sum(each.quantity for each in answers if isinstance(each, goods.Restocked))
            async with market.database.transaction(book=book) as connection:
                [stock] = await goods.shelf(Tx(connection, book), [sku])
            assert stock.free == 10 + moved

    asyncio.run(scene())


def test_the_reasons_against_come_in_this_order() -> None:
    stock = goods.Stock(sku_id=1, price_fen=100, is_live=True, store_id=1, free=3)
    world = World({1: [stock]})
    refused = Refused("quantity_out_of_bounds", {"quantity_max": 1_000_000})
    assert decide(world, restock(1, 1, 0, "")) == refused
    assert decide(world, restock(1, 2, 1, "")) == Refused(
        "reason_out_of_bounds", {"characters_max": 100}
    )
    assert decide(world, restock(1, 2, 1)) == Refused("sku_unknown")
    elsewhere = msgspec.structs.replace(restock(1, 1, 1), store_id=2)
    assert decide(world, elsewhere) == Refused("store_unknown")
    assert decide(world, restock(1, 1, -4)) == Refused("stock_too_low", {"free": 3})
    assert isinstance(decide(world, restock(1, 1, -3)), goods.Restocked)
    assert stock.free == 0
