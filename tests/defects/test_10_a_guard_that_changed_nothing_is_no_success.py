"""Defect 10: a guarded write that changed no row was taken as success; here ten of ten are sold."""

import asyncio

from jishi import trade
from jishi.kernel import new_id
from tests.conftest import opened
from tests.shops import price_of, seed_shops, sku_of
from tests.trade.orders import place

BUYERS, UNITS = 100, 10


def test_a_hundred_buyers_of_ten_units_are_ten_orders(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        book = new_id() >> 20
        await seed_shops(owner_url, book, skus=1, stock=UNITS)
        async with opened(database_url) as first, opened(database_url) as second:
            answers = await asyncio.gather(
                *(
                    (first, second)[n % 2].ask(
                        place(book, (sku_of(book, 1), 1, price_of(1)), buyer=1_000 + n)
                    )
                    for n in range(BUYERS)
                )
            )
            placed = [each for each in answers if isinstance(each, trade.OrderPlaced)]
            refused = [getattr(each, "reason", "") for each in answers]
            assert (len(placed), refused.count("out_of_stock")) == (UNITS, BUYERS - UNITS)
            numbers = await first.look(
                trade.selling.orders, book=book, states=[], number="", before=2**63 - 1,
                orders_max=BUYERS,
            )  # fmt: skip
            assert len({each.order_number for each in numbers}) == UNITS

    asyncio.run(scene())
