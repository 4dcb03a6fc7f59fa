"""Retiring: what is retired begins no payment; it stays to be read, and is retired once."""

import asyncio

from jishi import money
from jishi.kernel import Refused, new_id
from tests.conftest import opened
from tests.money.payees.test_set_credentials import SECRET, given, retire
from tests.shops import seed_shops


async def settings(*, one_owner: bool) -> money.PaySettings:
    """Give the market's own."""
    return money.PaySettings(
        base_urls=("http://127.0.0.1:9",), appid="wx1", mchid="190", serial="", private_pem="",
        apiv3_key="", public_key_id="", public_key_pem="", notify_url="", one_owner=one_owner,
    )  # fmt: skip


def test_the_newest_that_is_in_force_is_paid_else_the_market_if_it_has_one_owner(
    database_url: str, owner_url: str
) -> None:
    book = new_id() >> 20

    async def scene() -> None:
        await seed_shops(owner_url, book)
        async with opened(database_url) as market:
            read = money.credentials.reader(market, lambda: SECRET)
            gateway = type(money.gateway)()
            gateway.open(lambda: settings(one_owner=False), held=read)
            assert not await gateway.payee(book)
            for mchid in ("1900000117", "1900000125"):
                await market.ask(given(book, mchid))
            assert await gateway.payee(book) == "1900000125"
            newest, oldest = await read(book)
            done = await market.ask(retire(book, newest.held.version))
            assert done == money.CredentialsRetired(
                subject_id=newest.held.version, mchid="1900000125"
            )
            assert await gateway.payee(book) == "1900000117"
            again = await market.ask(retire(book, newest.held.version))
            assert again == Refused("credentials_retired")
            unknown = await market.ask(retire(book, 999_999))
            assert unknown == Refused("credentials_unknown")
            await market.ask(retire(book, oldest.held.version))
            assert not await gateway.payee(book)
            assert len(await read(book)) == 2
            shared = type(money.gateway)()
            shared.open(lambda: settings(one_owner=True), held=read)
            assert await shared.payee(book) == "190"

    asyncio.run(scene())
