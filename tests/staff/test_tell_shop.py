"""A shop is told of what waits for it; of nothing that has no name."""

import asyncio
from typing import Any

from jishi import staff
from jishi.kernel import Refused
from jishi.staff import rules
from tests.conftest import opened
from tests.staff.scene import ask

WHO: dict[str, Any] = {"kinds": list(rules.NOTICES), "staff_id": 7, "notices_max": 100}


def test_what_a_shop_is_told_is_news_until_it_is_read_and_of_its_permission(
    database_url: str, shop: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            for kind in rules.NOTICES:
                told = await market.ask(ask(staff.TellShop, book=shop, kind=kind, about_id=5))
                assert told == staff.ShopTold(subject_id=5, kind=kind)
            found = await market.look(staff.notices.notices, book=shop, before=2**62, **WHO)
            assert [each.kind for each in found] == list(rules.NOTICES)[::-1]
            assert not any(each.is_seen for each in found)
            counted = await market.look(staff.notices.news_count, book=shop, **WHO)
            assert counted == staff.notices.NewsCount(len(rules.NOTICES))
            few = {**WHO, "kinds": rules.kinds_for(["orders"])}
            counted = await market.look(staff.notices.news_count, book=shop, **few)
            assert counted == staff.notices.NewsCount(1)
            counted = await market.look(staff.notices.news_count, book=shop + 1, **WHO)
            assert counted == staff.notices.NewsCount(0)

    asyncio.run(scene())


def test_an_unknown_kind_is_refused_and_nothing_is_told(database_url: str, shop: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            asked = ask(staff.TellShop, book=shop, kind="gossip", about_id=5)
            assert await market.ask(asked) == Refused("notice_kind_unknown")
            assert await market.look(staff.notices.notices, book=shop, before=2**62, **WHO) == []

    asyncio.run(scene())
