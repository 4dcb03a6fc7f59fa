"""What one member has read is still new to another; nobody reads what was not told."""

import asyncio
from typing import Any

from jishi import staff
from jishi.kernel import Refused
from jishi.staff import rules
from tests.conftest import opened
from tests.staff.scene import ask


def test_who_read_has_no_news_and_the_others_have(database_url: str, shop: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            for _ in range(3):
                await market.ask(ask(staff.TellShop, book=shop, kind="order_paid", about_id=5))
            who: dict[str, Any] = {"kinds": list(rules.NOTICES), "notices_max": 100}

            async def news(staff_id: int) -> int:
                counted = await market.look(
                    staff.notices.news_count, book=shop, staff_id=staff_id, **who
                )
                assert counted is not None
                return counted.notices

            first, second, _last = sorted(
                each.number
                for each in await market.look(
                    staff.notices.notices, book=shop, before=2**62, staff_id=7, **who
                )
            )
            seen = await market.ask(ask(staff.SeeNotices, book=shop, actor_id=7, number=second))
            assert seen == staff.NoticesSeen(subject_id=7, number=second)
            assert [await news(7), await news(8)] == [1, 3]
            back = ask(staff.SeeNotices, book=shop, actor_id=7, number=first)
            assert await market.ask(back) == Refused("notices_seen")
            assert await news(7) == 1

    asyncio.run(scene())


def test_what_was_never_told_cannot_be_seen(database_url: str, shop: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            asked = ask(staff.SeeNotices, book=shop, actor_id=7, number=1)
            assert await market.ask(asked) == Refused("notice_unknown")

    asyncio.run(scene())
