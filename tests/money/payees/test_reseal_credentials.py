"""Credentials come under another key, all their versions, and say what they said."""

import asyncio
from functools import partial
from uuid import uuid4

import pytest

from jishi import money
from jishi.kernel import Refused, new_id
from jishi.kernel.secret import Secret
from jishi.money.payees.credentials import seal
from tests.conftest import opened
from tests.money.payees.test_set_credentials import KEYS, SECRET, given, retire
from tests.shops import seed_shops

OLD = SECRET.key
NEW = b"a newer key of the same market, in a test"


def test_every_version_is_read_by_both_keys_then_by_the_new_one_alone(
    fresh_database: tuple[str, str],
) -> None:
    url, owner_url = fresh_database
    book = new_id() >> 20

    async def scene() -> None:
        both, alone = Secret(OLD, [NEW, OLD]), Secret(OLD, [NEW])
        await seed_shops(owner_url, book, shops=2)
        async with opened(url) as market:
            for shop, mchid in ((book, "1900000117"), (book, "1900000125"), (book + 1, "1900")):
                await market.ask(given(shop, mchid))
            newest = (await money.credentials.reader(market, lambda: SECRET)(book))[0]
            await market.ask(retire(book, newest.held.version))
            with pytest.raises(ValueError, match="another key"):
                await money.credentials.reader(market, lambda: alone)(book)
            brought = [each async for each in money.resealing.reseal_all(market, both)]
            assert sorted(brought) == [1, 2]
            again = [each async for each in money.resealing.reseal_all(market, both)]
            assert again == [0, 0]
            for secret in (both, alone):
                read = money.credentials.reader(market, partial(Secret, OLD, secret.data_keys))
                assert [each.keys for each in await read(book)] == [KEYS, KEYS]
            with pytest.raises(ValueError, match="another key"):
                await money.credentials.reader(market, lambda: SECRET)(book)

    asyncio.run(scene())


def test_only_what_there_is_is_resealed(database_url: str, owner_url: str) -> None:
    book = new_id() >> 20

    def asked(version: int, sealed: str) -> money.ResealCredentials:
        return money.ResealCredentials(
            key=uuid4(), book=book, actor_id=0, version=version, sealed=sealed
        )

    async def scene() -> None:
        await seed_shops(owner_url, book)
        async with opened(database_url) as market:
            sealed = seal(SECRET, book, "1900000117", KEYS)
            assert await market.ask(asked(1, sealed)) == Refused("credentials_unknown")
            set_ = await market.ask(given(book))
            assert isinstance(set_, money.CredentialsSet)
            held = (await money.credentials.reader(market, lambda: SECRET)(book))[0].held
            for spoiled in ("", "x" * 20_001, "\x00"):
                refused = await market.ask(asked(held.version, spoiled))
                assert refused == Refused("credentials_out_of_bounds")
            answer = await market.ask(asked(held.version, sealed))
            assert answer == money.CredentialsResealed(subject_id=held.version)

    asyncio.run(scene())
