"""An authenticator comes under another key, and shows the same codes."""

import asyncio

from jishi import staff
from jishi.kernel import MARKET, Refused
from jishi.kernel.secret import Secret
from tests.conftest import opened
from tests.staff.scene import add, ask, authenticator

OLD, NEW = b"the key of a market in a test, once", b"a newer key of the same market, in a test"


def test_it_is_read_by_both_keys_then_by_the_new_one_alone(fresh_database: tuple[str, str]) -> None:
    async def scene() -> None:
        before, both, alone = Secret(OLD), Secret(OLD, [NEW, OLD]), Secret(OLD, [NEW])
        totp, look = staff.totp, staff.views.authenticator
        async with opened(fresh_database[0]) as market:
            member, nobody = add(MARKET, "operator"), add(MARKET, "operator")
            secret, staff_id = totp.new_secret(), member.staff_id
            sealed = totp.seal(totp.keys_of(before, staff_id)[0], staff_id, secret)
            for request in (member, nobody, authenticator(member, sealed=sealed)):
                await market.ask(request)
            assert [n async for n in staff.resealing.reseal_all(market, both)] == [1]
            assert [n async for n in staff.resealing.reseal_all(market, both)] == [0]
            kept = await market.look(look, book=MARKET, staff_id=staff_id)
            assert kept is not None
            for known, found in ((both, secret), (alone, secret), (before, "")):
                keys = totp.keys_of(known, staff_id)
                assert totp.unseal_any(keys, staff_id, kept.sealed) == found
            missing = ask(staff.ResealAuthenticator, staff_id=nobody.staff_id, sealed=b"s")
            assert await market.ask(missing) == Refused("authenticator_missing")
            for spoiled in (b"", b"x" * 201):
                asked = ask(staff.ResealAuthenticator, staff_id=staff_id, sealed=spoiled)
                assert await market.ask(asked) == Refused("authenticator_out_of_bounds")

    asyncio.run(scene())
