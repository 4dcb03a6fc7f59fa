"""A session lets its member in, by its own secret alone."""

import asyncio

import pytest

from jishi import staff
from jishi.kernel import MARKET, Refused
from tests.conftest import opened
from tests.staff.scene import add, find, session


def test_a_session_lets_its_member_in(database_url: str, shop: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            member = add(shop, "orders")
            await market.ask(member)
            asked = session(member)
            assert await market.ask(asked) == staff.SessionOpened(
                subject_id=member.staff_id, session_id=asked.session_id
            )
            found = await find(market, asked.session_id)
            assert found is not None
            assert (found.staff_id, found.works_in, found.name, found.roles) == (
                member.staff_id, shop, member.name, ["orders"],
            )  # fmt: skip
            assert (found.ends_at - found.opened_at).total_seconds() == 12 * 3600
            look = staff.views.good_session
            wrong = await market.look(
                look, book=MARKET, session_id=asked.session_id, digest="0" * 64
            )
            assert wrong is None

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"staff_id": 5}, "member_unknown"),
        ({"digest": ""}, "digest_out_of_bounds"),
        ({"session_id": 0}, "session_id_taken"),
    ],
)
def test_a_session_is_refused(
    database_url: str, shop: int, change: dict[str, object], reason: str
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            member = add(shop)
            await market.ask(member)
            assert await market.ask(session(member, **change)) == Refused(reason)

    asyncio.run(scene())
