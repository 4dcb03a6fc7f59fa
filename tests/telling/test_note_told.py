"""Noting that a buyer was told: what is ours to tell, once; anything else is refused."""

import asyncio
from uuid import uuid4

import pytest

from jishi import telling
from jishi.kernel import Refused, new_id
from jishi.telling import rules
from tests.conftest import opened
from tests.shops import seed_shops


@pytest.mark.parametrize(("title", "is_ours"), [(rules.PAID, True), ("大促销", False), ("", False)])
def test_what_is_no_news_of_ours_is_not_noted(
    database_url: str, owner_url: str, title: str, *, is_ours: bool
) -> None:
    book = new_id() >> 20
    asyncio.run(seed_shops(owner_url, book))

    async def scene() -> tuple[object, int]:
        async with opened(database_url) as market:
            asked = telling.NoteTold(key=uuid4(), book=book, actor_id=0, order_id=5, title=title)
            answer = await market.ask(asked)
            async with market.database.connection() as connection:
                count = "select event_count from kernel.books where book = $1"
                return answer, await connection.fetchval(count, book)

    answer, events = asyncio.run(scene())
    expected = telling.BuyerTold(subject_id=5, title=title) if is_ours else Refused("news_unknown")
    assert answer == expected
    assert events == 1 + is_ours
