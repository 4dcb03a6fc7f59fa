"""A member has one authenticator, with ten codes for when it is lost."""

import asyncio

from jishi import staff
from jishi.kernel import MARKET, Refused
from tests.conftest import opened
from tests.staff.scene import add, authenticator


def test_it_is_kept_with_its_codes_and_there_is_one(database_url: str, shop: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            member = add(shop)
            await market.ask(member)
            answer = await market.ask(authenticator(member))
            assert answer == staff.AuthenticatorSet(subject_id=member.staff_id)
            look = staff.views.authenticator
            kept = await market.look(look, book=MARKET, staff_id=member.staff_id)
            assert kept is not None
            assert (kept.sealed, kept.codes_left) == (b"sealed", 10)
            again = await market.ask(authenticator(member))
            assert again == Refused("authenticator_set")

    asyncio.run(scene())


def test_what_is_no_authenticator_is_refused(database_url: str, shop: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            member = add(shop)
            nobody = await market.ask(authenticator(member))
            assert nobody == Refused("member_unknown")
            await market.ask(member)
            digest = staff.rules.digest("x")
            for change in (
                {"sealed": b""}, {"sealed": b"x" * 201}, {"step": 0}, {"digests": ()},
                {"digests": (digest,) * 10}, {"digests": ("x",) * 10},
            ):  # fmt: skip
                answer = await market.ask(authenticator(member, **change))
                assert answer == Refused("authenticator_out_of_bounds")

    asyncio.run(scene())
