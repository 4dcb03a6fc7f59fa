"""Roles are changed within what the one who asks may himself, and one owner stays."""

import asyncio

from jishi import staff
from jishi.kernel import MARKET, Refused
from tests.conftest import opened
from tests.staff.scene import add, ask, link

BEYOND = Refused("beyond_own_permissions")


def roles(
    of: staff.AddMember, *given: str, by: int = 0, works_in: int | None = None
) -> staff.SetRoles:
    """Ask to set roles."""
    made: staff.SetRoles = ask(
        staff.SetRoles, staff_id=of.staff_id, roles=given, actor_id=by,
        works_in=of.works_in if works_in is None else works_in,
    )  # fmt: skip
    return made


def test_an_owner_gives_and_takes_roles_of_his_shop(database_url: str, shop: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            owner, other = add(shop), add(shop, "goods")
            for each in (owner, other):
                await market.ask(each)
            answer = await market.ask(roles(other, "orders", "store", by=owner.staff_id))
            given = ["orders", "store"]
            assert answer == staff.RolesSet(subject_id=other.staff_id, works_in=shop, roles=given)
            found = await market.look(staff.views.member_named, book=MARKET, name=other.name)
            assert found is not None
            assert found.roles == given
            for wrong in ((), ("operator",), ("goods", "goods")):
                assert await market.ask(roles(other, *wrong)) == Refused("roles_unknown")
            for nowhere in (MARKET, shop + 1):
                given_there = "operator" if nowhere == MARKET else "goods"
                asked = roles(other, given_there, works_in=nowhere)
                assert await market.ask(asked) == Refused("member_unknown")

    asyncio.run(scene())


def test_nobody_raises_himself_or_reaches_above_himself(database_url: str, shop: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            owner, manager, operator = add(shop), add(shop, "manager"), add(MARKET)
            for each in (owner, manager, operator):
                await market.ask(each)
            low, high = manager.staff_id, operator.staff_id
            assert await market.ask(roles(manager, "owner", by=low)) == BEYOND
            assert await market.ask(roles(owner, "goods", by=low)) == BEYOND
            assert await market.ask(add(shop, "goods", actor_id=low)) == BEYOND
            assert await market.ask(link(owner, actor_id=low)) == BEYOND
            end = ask(staff.EndMembership, staff_id=owner.staff_id, works_in=shop, actor_id=low)
            assert await market.ask(end) == BEYOND
            mine = owner.staff_id
            assert await market.ask(roles(operator, "arbiter", by=mine)) == BEYOND
            assert await market.ask(link(operator, actor_id=mine)) == BEYOND
            assert await market.ask(add(shop + 1, actor_id=mine)) == Refused("workplace_unknown")
            assert await market.ask(add(MARKET, actor_id=mine)) == BEYOND
            assert await market.ask(add(shop, actor_id=7)) == BEYOND, "7 is nobody"
            answer = await market.ask(roles(manager, "owner", by=high))
            assert isinstance(answer, staff.RolesSet), "an operator may, in every shop"

    asyncio.run(scene())


def test_the_last_owner_stays_owner_even_when_two_go_at_once(database_url: str, shop: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            first, second = add(shop), add(shop)
            await market.ask(first)
            assert await market.ask(roles(first, "goods")) == Refused("last_owner")
            end = ask(staff.EndMembership, staff_id=first.staff_id, works_in=shop)
            assert await market.ask(end) == Refused("last_owner")
            await market.ask(second)
            both = await asyncio.gather(
                market.ask(roles(first, "goods")), market.ask(roles(second, "goods"))
            )
            assert sum(isinstance(each, staff.RolesSet) for each in both) == 1
            assert Refused("last_owner") in both

    asyncio.run(scene())


def test_whoever_left_has_no_roles_to_change(database_url: str, shop: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            member = add(shop, "goods")
            await market.ask(member)
            end = ask(staff.EndMembership, staff_id=member.staff_id, works_in=shop)
            await market.ask(end)
            assert await market.ask(roles(member, "orders")) == Refused("member_left")

    asyncio.run(scene())
