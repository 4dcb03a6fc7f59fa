"""The tills in one process: so many callers, each asking again as soon as it is answered."""

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from uuid import uuid4

from bench.measure import Measured, measured
from jishi.kernel import Market, Refused, new_id, new_public_id
from jishi.trade import Destination, Line, PlaceOrder
from tests.shops import STORE, price_of, sku_of

Basket = Sequence[tuple[int, int]]


def wide_basket(skus: int) -> Basket:
    """Give one to three SKUs out of so many, one or two of each."""
    numbers = random.sample(range(1, skus + 1), random.choice((1, 2, 2, 3)))
    return [(number, random.choice((1, 1, 2))) for number in numbers]


def order(book: int, basket: Basket) -> PlaceOrder:
    """Give the request for a basket."""
    return PlaceOrder(
        key=uuid4(),
        book=book,
        actor_id=7,
        order_id=new_id(),
        public_id=new_public_id(),
        lines=tuple(Line(sku_of(book, n), quantity, price_of(n)) for n, quantity in basket),
        destination=Destination("pickup", store_id=STORE),
        seen_freight_fen=0,
    )


async def tills(
    url: str, books: Sequence[int], basket: Callable[[], Basket], *, callers: int, seconds: float
) -> Measured:
    """Let so many callers place orders for so long."""
    market = Market(url, is_working=False)
    await market.open()
    took: list[float] = []
    began = time.perf_counter()
    until = began + seconds

    async def caller() -> None:
        while (asked_at := time.perf_counter()) < until:
            answer = await market.ask(order(random.choice(books), basket()))
            assert not isinstance(answer, Refused), answer
            took.append(time.perf_counter() - asked_at)

    await asyncio.gather(*(caller() for _ in range(callers)))
    elapsed = time.perf_counter() - began
    await market.close()
    return measured(len(took), elapsed, took)
