"""The merchants of shops: each opened once from its credentials, and only so many at a time."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import msgspec

from jishi.money import rules
from jishi.money.asking import (
    CLIENTS_MAX,
    IsWaiting,
    NotSetUp,
    PayerOpenid,
    PaySettings,
    Read,
    code_of,
)
from jishi.money.payees.credentials import Opened, ReadBooks, ReadOpened
from jishi.ports.wechat.failures import AnsweredWithError
from jishi.ports.wechat.pay import Credentials, Merchant, open_merchant, orders
from jishi.ports.wechat.transport import Transport

OPEN_MAX = 500
NO_ORDER = frozenset({"ORDERNOTEXIST"})

T = TypeVar("T")


class Merchants:
    """Keeps merchants open, the most lately used last; beyond the bound the oldest goes."""

    def __init__(self) -> None:
        self.open: dict[tuple[int, int], Merchant] = {}

    def of(self, book: int, each: Opened, transport: Transport, appids: Sequence[str]) -> Merchant:
        """Give the merchant of a version of a book's credentials."""
        key = (book, each.held.version)
        merchant = self.open.pop(key, None) or opened(each, transport, appids)
        self.open[key] = merchant
        if len(self.open) > OPEN_MAX:
            del self.open[next(iter(self.open))]
        return merchant


def opened(each: Opened, transport: Transport, appids: Sequence[str]) -> Merchant:
    """Open a merchant. Raises BadCredentials."""
    held, keys = each.held, each.keys
    credentials = Credentials.read(
        mchid=held.mchid, serial=held.serial, private_pem=keys.private_pem,
        apiv3_key=keys.apiv3_key,
    )  # fmt: skip
    return open_merchant(
        credentials, transport, appids=appids,
        public_keys={held.public_key_id: keys.public_key_pem}, has_certificates=True,
    )  # fmt: skip


async def none_held(_book: int) -> list[Opened]:
    """Know no credentials but the market's own."""
    return []


async def no_books() -> list[int]:
    """Know no shop with credentials."""
    return []


async def always(_book: int, _attempt_id: int) -> bool:
    """Know of no attempt that it has ended."""
    return True


async def nobodys(_payer_id: int) -> str:
    """Know nobody's name at our account."""
    return ""


class Access:
    """Knows who is paid, and asks as him; `read` gives the market's settings, or none."""

    def __init__(self) -> None:
        self.read: Read | None = None
        self.payer_openid: PayerOpenid = nobodys
        self.transport: Transport | None = None
        self.settings: PaySettings | None = None
        self.merchant: Merchant | None = None
        self.clients: dict[int, str] = {}
        self.held: ReadOpened = none_held
        self.books: ReadBooks = no_books
        self.is_waiting: IsWaiting = always
        self.merchants = Merchants()

    def open(
        self, read: Read, *, payer_openid: PayerOpenid = nobodys, held: ReadOpened = none_held,
        books: ReadBooks = no_books,
        transport: Transport | None = None,
    ) -> None:  # fmt: skip
        """Use these settings from the first need on; a transport of one's own for tests.

        `held` gives the credentials of a shop.
        """
        self.read, self.payer_openid, self.transport = read, payer_openid, transport
        self.held, self.books, self.merchants = held, books, Merchants()

    async def close(self) -> None:
        """Hang up and forget."""
        if self.transport is not None:
            await self.transport.close()
        self.read = self.settings = self.merchant = self.transport = None
        self.payer_openid, self.clients, self.held = nobodys, {}, none_held
        self.books, self.is_waiting = no_books, always
        self.merchants = Merchants()

    async def ready(self) -> PaySettings | None:
        """Give the settings once they are there."""
        if self.settings is None and self.read is not None:
            self.settings = await self.read()
        return self.settings

    async def payee(self, book: int) -> str:
        """Give who is paid for what a shop sells: a merchant's number; empty for nobody."""
        settings = await self.ready()
        if settings is None:
            return ""
        held = [each.held for each in await self.held(book) if each.held.retired_at is None]
        own = settings.mchid if settings.one_owner else ""
        return held[0].mchid if held else own

    def note_client(self, attempt_id: int, address: str) -> None:
        """Remember from where an attempt is paid until WeChat is told: a link is bound to it.

        Only in memory: an address is personal. Where it is forgotten, a code is asked for.
        """
        if len(self.clients) >= CLIENTS_MAX:
            del self.clients[next(iter(self.clients))]
        self.clients[attempt_id] = address

    async def opened(self) -> tuple[Merchant, PaySettings, Transport]:
        """Give the market's own merchant, the settings and the way out. Raises NotSetUp."""
        settings = await self.ready()
        if settings is None:
            raise NotSetUp
        if self.transport is None:
            self.transport = Transport(settings.base_urls)
        if self.merchant is None:
            credentials = Credentials.read(
                mchid=settings.mchid, serial=settings.serial, private_pem=settings.private_pem,
                apiv3_key=settings.apiv3_key,
            )  # fmt: skip
            self.merchant = open_merchant(
                credentials,
                self.transport,
                appids=[settings.appid],
                public_keys={settings.public_key_id: settings.public_key_pem},
                has_certificates=True,
            )
        return self.merchant, settings, self.transport

    async def merchants_of(self, book: int) -> list[Merchant]:
        """Give all merchants that a shop was ever paid by, its newest first, the market's last."""
        own, settings, transport = await self.opened()
        held = await self.held(book) if book else []
        of_shop = [self.merchants.of(book, each, transport, [settings.appid]) for each in held]
        return [*of_shop, own]

    async def all_merchants(self) -> list[Merchant]:
        """Give every merchant that the market or a shop is or was paid by, each number once."""
        own, _, _ = await self.opened()
        found = [each for book in await self.books() for each in await self.merchants_of(book)]
        newest = {each.mchid: each for each in reversed(found)}
        return list({**newest, own.mchid: own}.values())

    async def merchant_for(self, book: int = 0, mchid: str = "") -> tuple[Merchant, PaySettings]:
        """Give who asks WeChat for a shop, as this merchant, and the settings.

        Where WeChat tells it is the shop's own address when the merchant is the shop's own.
        """
        own, settings, _ = await self.opened()
        found = await self.merchants_of(book)
        wanted = mchid or await self.payee(book) or own.mchid
        merchant = next((each for each in found if each.mchid == wanted), None)
        if merchant is None:
            raise NotSetUp
        if merchant is not own:
            url = f"{settings.notify_url}/{book}"
            settings = msgspec.structs.replace(settings, mchid=merchant.mchid, notify_url=url)
        return merchant, settings

    async def tried(
        self, number: str, ask: Callable[[Merchant], Awaitable[T]], unknown: frozenset[str]
    ) -> T:
        """Ask as each merchant of the number's shop, until one knows of it."""
        found = await self.merchants_of(rules.attempt_of(number)[0])
        by_mchid = list({each.mchid: each for each in reversed(found)}.values())[::-1]
        for merchant in by_mchid[:-1]:
            try:
                return await ask(merchant)
            except AnsweredWithError as failure:
                if not failure.is_certain or code_of(failure) not in unknown:
                    raise
        return await ask(by_mchid[-1])

    async def check(self, given: Opened) -> None:
        """Try credentials at WeChat, by asking for an order that is not there; raises why not."""
        _, settings, transport = await self.opened()
        merchant = opened(given, transport, [settings.appid])
        try:
            await orders.query_order(merchant, rules.out_trade_no(0, 0))
        except AnsweredWithError as failure:
            if not failure.is_certain or code_of(failure) not in NO_ORDER:
                raise
