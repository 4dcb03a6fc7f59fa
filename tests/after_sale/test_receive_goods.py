"""Receiving: exactly what was counted comes back, each where it belongs."""

import asyncio

from jishi import after_sale
from tests.after_sale.scene import STOCK, UNITS, on_its_way, paid, receive


def test_good_units_go_to_the_shelf_and_damaged_ones_beside_it(
    database_url: str, owner_url: str
) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            ask = on.market.ask
            case_id = await on_its_way(on, "return_and_refund", UNITS)
            assert await on.is_refused(receive(on, case_id, 0, 0), "count_out_of_bounds")
            assert await on.is_refused(receive(on, case_id, UNITS, 1), "count_out_of_bounds")
            assert await on.is_refused(receive(on, case_id, -1, 2), "count_out_of_bounds")
            assert await on.is_refused(receive(on, 1), "case_unknown")
            answer = await ask(receive(on, case_id, good=1, damaged=1))
            assert isinstance(answer, after_sale.GoodsReceived)
            assert answer.state == "refunding"
            assert await on.held("shelf") == STOCK - UNITS + 1
            assert await on.held("damaged") == 1
            assert await on.is_refused(receive(on, case_id), "case_elsewhere")
            assert (await on.log(case_id))[-1] == ("seller", "received", "refunding")

    asyncio.run(scene())


def test_an_exchange_goes_on_with_its_replacement(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            ask = on.market.ask
            case_id = await on_its_way(on, "exchange")
            answer = await ask(receive(on, case_id))
            assert isinstance(answer, after_sale.GoodsReceived)
            assert answer.state == "exchange_shipping"

    asyncio.run(scene())
