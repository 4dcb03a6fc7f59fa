"""Links let a member set a password, and only the newest does."""

import asyncio

import pytest

from jishi import staff
from jishi.kernel import MARKET, Market, Refused
from tests.conftest import opened
from tests.staff.scene import DIGEST, add, link


async def find(market: Market, link_id: int) -> staff.views.GoodLink | None:
    """Give a link that is good."""
    look = staff.views.good_link
    return await market.look(look, book=MARKET, link_id=link_id, digest=DIGEST)


def test_the_newest_link_is_the_good_one(database_url: str, shop: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            member = add(shop)
            await market.ask(member)
            old, new = link(member), link(member)
            assert await market.ask(old) == staff.LinkIssued(
                subject_id=member.staff_id, works_in=shop
            )
            found = await find(market, old.link_id)
            assert found is not None
            assert (found.staff_id, found.name) == (member.staff_id, member.name)
            await market.ask(new)
            assert await find(market, old.link_id) is None
            assert await find(market, new.link_id) is not None

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"staff_id": 5}, "member_unknown"),
        ({"works_in": MARKET}, "member_unknown"),
        ({"digest": "x"}, "digest_out_of_bounds"),
        ({"link_id": -1}, "link_id_taken"),
    ],
)
def test_a_link_is_refused(
    database_url: str, shop: int, change: dict[str, object], reason: str
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            member = add(shop)
            await market.ask(member)
            assert await market.ask(link(member, **change)) == Refused(reason)

    asyncio.run(scene())
