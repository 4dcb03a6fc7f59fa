"""Orders by the API: of the key's shop alone, without any person's data."""

import asyncio

from jishi import trade
from tests.conftest import opened
from tests.shops import price_of, sku_of
from tests.trade.orders import cancel, place
from tests.web.api.conftest import Program


def ordered(program: Program, book: int, count: int) -> list[int]:
    """Have so many orders placed in a shop; give their ids."""

    async def scene() -> list[int]:
        async with opened(program.url) as market:
            asked = [place(book, (sku_of(book, 1), 1, price_of(1))) for _ in range(count)]
            for each in asked:
                assert isinstance(await market.ask(each), trade.OrderPlaced)
            await market.ask(cancel(book, asked[0].order_id))
            return [each.order_id for each in asked]

    return asyncio.run(scene())


def test_a_shop_reads_its_orders_newest_first(program: Program) -> None:
    ids = ordered(program, program.book, 3)
    ordered(program, program.book + 1, 1)
    first = program.get("/orders?limit=2").json()
    rest = program.get(f"/orders?limit=2&cursor={first['next']}").json()
    found = [each["order_id"] for each in (*first["items"], *rest["items"])]
    assert found == ids[::-1]
    (closing,) = program.get("/orders?state=closing").json()["items"]
    assert closing["order_id"] == ids[0]
    assert closing["total_fen"] == closing["lines"][0]["paid_fen"] == price_of(1)
    assert "buyer" not in str(closing)
    assert program.get(f"/orders/{closing['order']}").json() == closing


def test_an_order_of_another_shop_is_not_there(program: Program) -> None:
    ordered(program, program.book + 1, 1)
    assert program.get("/orders").json() == {"items": [], "next": None}
    assert program.get("/orders/none").status_code == 404
