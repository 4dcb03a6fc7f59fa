"""Credentials: sealed for a book and a merchant, each version kept, none shown."""

import asyncio
from uuid import uuid4

import pytest

from jishi import money
from jishi.kernel import Refused, new_id
from jishi.kernel.secret import Secret
from jishi.money.payees.credentials import Keys, seal, unseal
from jishi.money.payees.set_credentials import decide
from tests.conftest import opened
from tests.shops import seed_shops
from tests.web.reader import count

KEYS = Keys("a private key", "k" * 28 + "1234", "a public key")
SECRET = Secret(b"a secret of tests, longer than it must be")


def given(book: int, mchid: str = "1900000117", **other: str) -> money.SetCredentials:
    """Ask to be paid so."""
    fits = {
        "mchid": mchid, "serial": "AB12", "public_key_id": "PUB_KEY_ID_1", "last_four": "1234",
        "sealed": seal(SECRET, book, mchid, KEYS),
    }  # fmt: skip
    told = fits | other
    return money.SetCredentials(
        key=uuid4(), book=book, actor_id=9, mchid=told["mchid"], serial=told["serial"],
        public_key_id=told["public_key_id"], last_four=told["last_four"], sealed=told["sealed"],
    )  # fmt: skip


def retire(book: int, version: int) -> money.RetireCredentials:
    """Ask to be paid so no more."""
    return money.RetireCredentials(key=uuid4(), book=book, actor_id=9, version=version)


def test_a_seal_opens_for_its_book_and_merchant_alone() -> None:
    sealed = seal(SECRET, 1, "190", KEYS)
    assert unseal(SECRET, 1, "190", sealed) == KEYS
    assert "private" not in sealed
    assert "key" not in repr(KEYS)
    for secret, book, mchid in (
        (SECRET, 2, "190"), (SECRET, 1, "191"), (Secret(b"x" * 40), 1, "190"),
    ):  # fmt: skip
        with pytest.raises(ValueError, match="another key"):
            unseal(secret, book, mchid, sealed)


@pytest.mark.parametrize(
    "other",
    [
        {"mchid": ""}, {"serial": "x" * 65}, {"public_key_id": "a\x00b"}, {"last_four": "123"},
        {"sealed": ""}, {"sealed": "x" * 20_001},
    ],
)  # fmt: skip
def test_what_no_table_keeps_is_refused(other: dict[str, str]) -> None:
    assert decide(None, given(1, **other)) == Refused("credentials_out_of_bounds")


def test_each_version_is_kept_and_no_event_tells_a_secret(
    database_url: str, owner_url: str
) -> None:
    book = new_id() >> 20

    async def scene() -> None:
        await seed_shops(owner_url, book)
        async with opened(database_url) as market:
            first = await market.ask(given(book))
            assert first == money.CredentialsSet(subject_id=book, mchid="1900000117", serial="AB12")
            await market.ask(given(book, "1900000125"))
            read = money.credentials.reader(market, lambda: SECRET)
            newest, oldest = await read(book)
            assert (newest.held.mchid, oldest.held.mchid) == ("1900000125", "1900000117")
            assert newest.keys == KEYS
            assert book in await money.credentials.book_reader(market)()
        told = "select count(*) from kernel.events where book = $1 and body::text like '%sealed%'"
        assert await count(owner_url, told, book) == 0

    asyncio.run(scene())
