"""The world of the sandbox: one process's hold on its state, its clock and its messengers."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from jishi.kernel import Tx
from jishi.kernel.database import Database
from jishi.sandbox import passing
from jishi.sandbox.cast import Account, Merchant, accounts, bindings, merchants
from jishi.sandbox.clock import Clock
from jishi.sandbox.courier import Courier, Stir
from jishi.sandbox.faults import Faults
from jishi.sandbox.first_start import begin
from jishi.sandbox.inspector import Inspector
from jishi.sandbox.keys import Keys

CONNECTIONS = httpx.Limits(max_connections=128, max_keepalive_connections=128)
DELIVERY_SECONDS_MAX = 5.0
"""WeChat waits so long for an answer to a notification or a push."""


class World:
    """WeChat, as far as it is played here. `luck` decides what happens at a rate."""

    def __init__(
        self,
        url: str,
        base_url: str,
        *,
        http: httpx.AsyncClient | None = None,
        luck: random.Random | None = None,
    ) -> None:
        self.database, self.base_url = Database(url), base_url
        self.http = http or httpx.AsyncClient(
            timeout=DELIVERY_SECONDS_MAX, limits=CONNECTIONS, trust_env=False
        )
        # A page in a phone streams, and may be larger than any answer to a notification.
        self.web = http or httpx.AsyncClient(trust_env=False)
        self.luck = luck or random.Random()  # noqa: S311 - which call fails is no secret
        self.clock, self.keys, self.courier = Clock(), Keys(), Courier()
        self.faults, self.inspector = Faults(self.luck), Inspector()
        self.merchants: dict[str, Merchant] = {}
        self.accounts: dict[str, Account] = {}
        self.bindings: set[tuple[str, str]] = set()
        self.awake, self.passing = asyncio.Event(), asyncio.Lock()
        self.task: asyncio.Task[None] | None = None

    async def open(self, *, is_passing: bool = True) -> None:
        """Connect, make the cast at the first start, and let time pass (or leave it to a test)."""
        await self.database.open()
        async with self.transaction() as tx:
            await begin(tx)
            await self.clock.load(tx)
        await self.reload()
        if is_passing:
            self.task = asyncio.create_task(passing.keep(self), name="sandbox")

    async def reload(self) -> None:
        """Take up the cast, the keys and the faults as they are kept."""
        async with self.transaction() as tx:
            self.merchants = {each.mchid: each for each in await merchants(tx)}
            self.accounts = {each.appid: each for each in await accounts(tx)}
            self.bindings = {(each.appid, each.mchid) for each in await bindings(tx)}
            await self.keys.load(tx)
            await self.faults.load(tx)

    async def close(self) -> None:
        """Let what is under way come home, write it down, disconnect."""
        if self.task is not None:
            self.task.cancel()
            await asyncio.gather(self.task, return_exceptions=True)
        await self.courier.come_home()
        async with self.transaction() as tx:
            await self.courier.write_down(tx)
            await self.inspector.write_down(tx)
            await self.faults.write_down(tx)
            await self.clock.keep(tx)
        await self.http.aclose()
        await self.web.aclose()
        await self.database.close()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Tx]:
        """Begin; commit at the end, and wake the courier when there is something to bring."""
        async with self.database.transaction() as connection:
            yield Tx(connection, 0, self.clock.now())
        if Stir.is_felt:
            Stir.is_felt = False
            self.awake.set()
