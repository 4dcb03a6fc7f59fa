"""What a buyer wrote beside his orders goes when he is forgotten; the orders stay."""

import asyncio
from uuid import uuid4

from jishi import trade
from jishi.kernel import Market, Refused, new_id
from jishi.people.post import Carriers, post
from tests.conftest import opened
from tests.people.persons import SECRET, erased, met
from tests.shops import price_of, seed_shops, sku_of
from tests.trade.orders import place
from tests.web.reader import count

SAID = "select count(*) from trade.orders where buyer_id = $1 and remark <> ''"
PLACED = "select count(*) from trade.orders where buyer_id = $1"


def forget(book: int, buyer: int) -> trade.ForgetRemarks:
    """Ask to forget them."""
    return trade.ForgetRemarks(key=uuid4(), book=book, actor_id=buyer)


async def ordered(market: Market, book: int, buyer: int, remark: str) -> None:
    """Order with a remark."""
    asked = place(book, (sku_of(book, 1), 1, price_of(1)), buyer=buyer, remark=remark)
    assert isinstance(await market.ask(asked), trade.OrderPlaced)


def test_ones_own_remarks_go_and_nobody_elses(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        book, buyer, other = new_id() >> 20, new_id(), new_id()
        await seed_shops(owner_url, book)
        async with opened(database_url) as market:
            assert await market.ask(forget(book, buyer)) == Refused("remark_unknown")
            for who, remark in ((buyer, "王小明收"), (buyer, ""), (other, "x"), (buyer, "y")):
                await ordered(market, book, who, remark)
            answer = await market.ask(forget(book, buyer))
            assert answer == trade.RemarksForgotten(subject_id=buyer, orders_count=2)
            assert await market.ask(forget(book, buyer)) == Refused("remark_unknown")
        assert await count(owner_url, SAID, buyer) == 0
        assert await count(owner_url, PLACED, buyer) == 3
        assert await count(owner_url, SAID, other) == 1

    asyncio.run(scene())


def test_they_go_in_every_shop_when_he_is_erased(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        book, buyer = new_id() >> 20, new_id()
        await seed_shops(owner_url, book, shops=2)
        async with opened(database_url) as market:

            async def nobody() -> Carriers:
                return {}

            post.open(nobody, market, SECRET)
            try:
                await market.ask(met(buyer))
                for each in (book, book + 1):
                    await ordered(market, each, buyer, "王小明收")
                assert await count(owner_url, SAID, buyer) == 2
                await market.ask(erased(buyer), wait=5)
            finally:
                post.close()
        assert await count(owner_url, SAID, buyer) == 0

    asyncio.run(scene())
