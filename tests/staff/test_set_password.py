"""A password is set by a link, once; whoever was in is out."""

import asyncio

from jishi import staff
from jishi.kernel import MARKET, Refused
from tests.conftest import opened
from tests.staff.scene import HASH, add, find, link, password, session
from tests.web.reader import change


def test_a_password_is_set_once_and_ends_every_session(database_url: str, shop: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            member, other = add(shop), add(shop)
            theirs, mine, way_in = session(other), session(member), link(member)
            for each in (member, other, theirs, mine, way_in):
                await market.ask(each)
            twice = [password(way_in), password(way_in)]
            answers = await asyncio.gather(*map(market.ask, twice))
            assert staff.PasswordSet(subject_id=member.staff_id) in answers
            assert Refused("link_ended") in answers
            assert await find(market, mine.session_id) is None
            assert await find(market, theirs.session_id) is not None
            kept = await market.look(staff.views.sign_in_member, book=MARKET, name=member.name)
            assert kept == staff.views.SignInMember(member.staff_id, shop, HASH)

    asyncio.run(scene())


def test_an_older_link_a_wrong_secret_and_a_late_one_set_nothing(
    database_url: str, owner_url: str, shop: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            member = add(shop)
            await market.ask(member)
            old, new = link(member), link(member)
            await market.ask(old)
            await market.ask(new)
            ended = Refused("link_ended")
            assert await market.ask(password(old)) == ended
            assert await market.ask(password(new, digest="0" * 64)) == ended
            for odd in ("x", "$argon2id$" + "x" * 300, "$argon2id$\x00"):
                assert await market.ask(password(new, hash=odd)) == Refused("hash_out_of_bounds")
            late = "update staff.links set ends_at = now() where link_id = $1"
            await change(owner_url, (late, [new.link_id]))
            assert await market.ask(password(new)) == ended
            found = await market.look(staff.views.member_named, book=MARKET, name=member.name)
            assert found is not None
            assert not found.has_password

    asyncio.run(scene())
