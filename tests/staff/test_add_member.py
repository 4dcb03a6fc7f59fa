"""Members are added: a name signs in one, roles are of their place, no event has a name."""

import asyncio

import asyncpg
import msgspec
import pytest

from jishi import staff
from jishi.kernel import MARKET, Refused
from tests.conftest import opened
from tests.staff.scene import add


def test_a_member_works_in_a_shop(database_url: str, shop: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            asked = add(shop, "goods", "store")
            answer = await market.ask(asked)
            assert answer == staff.MemberAdded(
                subject_id=asked.staff_id, works_in=shop, roles=["goods", "store"]
            )
            found = await market.look(staff.views.member_named, book=MARKET, name=asked.name)
            assert found is not None
            assert (found.staff_id, found.works_in, found.roles) == (
                asked.staff_id, shop, ["goods", "store"],
            )  # fmt: skip
            assert (found.left_at, found.has_password) == (None, False)
            here = await market.look(
                staff.views.members, book=MARKET, works_in=shop, before=2**63 - 1, members_max=9
            )
            assert [each.name for each in here] == [asked.name]
            elsewhere = await market.look(staff.views.member_named, book=shop, name=asked.name)
            assert elsewhere is None, "row-level security shows staff to the market alone"

    asyncio.run(scene())


def test_of_two_who_want_a_name_one_has_it(database_url: str, shop: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            first = add(shop)
            second = add(MARKET, name=first.name)
            answers = await asyncio.gather(market.ask(first), market.ask(second))
            assert Refused("login_name_taken") in answers
            assert await market.ask(add(shop, name=first.name)) == Refused("login_name_taken")

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"name": ""}, "login_name_out_of_bounds"),
        ({"name": "Mei"}, "login_name_out_of_bounds"),
        ({"name": "a\x00b"}, "login_name_out_of_bounds"),
        ({"roles": ()}, "roles_unknown"),
        ({"roles": ("operator",)}, "roles_unknown"),
        ({"works_in": 2**62}, "workplace_unknown"),
        ({"staff_id": 0}, "staff_id_taken"),
    ],
)
def test_a_member_is_refused(
    database_url: str, shop: int, change: dict[str, object], reason: str
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            answer = await market.ask(msgspec.structs.replace(add(shop), **change))
            assert isinstance(answer, Refused)
            assert answer.reason == reason

    asyncio.run(scene())


def test_a_shop_cannot_keep_staff_in_its_own_book(database_url: str, shop: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            assert await market.ask(add(shop, book=shop)) == Refused("wrong_book")

    asyncio.run(scene())


def test_the_names_of_staff_are_in_no_event(database_url: str, owner_url: str, shop: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            asked = add(shop)
            await market.ask(asked)
        connection = await asyncpg.connect(owner_url)
        found = await connection.fetch(
            "select 1 from kernel.events where body::text like $1", f"%{asked.name}%"
        )
        await connection.close()
        assert found == []

    asyncio.run(scene())
