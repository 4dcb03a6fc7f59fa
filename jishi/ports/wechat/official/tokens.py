"""A token of an account: kept sealed in the database, renewed by one process for all of them.

Whoever finds the token due leases its row, asks WeChat outside of any transaction, and keeps what
came. The others use the old token while it lives, or wait; a winner that dies leaves a lease that
lapses. Source: official accounts, "Getting a stable access token", "JS-SDK, appendix 1".
"""

import asyncio
import logging
import secrets
from contextlib import suppress
from typing import Protocol

from msgspec import Struct

from jishi.kernel import Tx, queries
from jishi.kernel.database import Database
from jishi.ports.wechat.failures import NotSent, OutcomeUnknown, WechatFailure
from jishi.ports.wechat.official.safe import Safe
from jishi.ports.wechat.transport import Means

EARLY_SECONDS = 240
"""Renewal begins so long before the end: WeChat gives a new token in the last 5 minutes of the old
one, and honours both."""

SPARE_SECONDS = 10
"""A token with less life than this is not used for another call."""

log = logging.getLogger(__name__)


class Token(Struct, frozen=True):
    """A token; `number` tells it from the one before and the one after."""

    number: int
    value: str

    def __repr__(self) -> str:
        return f"Token({self.number})"


class Fetched(Struct, frozen=True):
    """What WeChat gave, and its life in seconds."""

    value: str
    life_seconds: int

    def __repr__(self) -> str:
        return f"Fetched({self.life_seconds})"


class Fetch(Protocol):
    """Asks WeChat for the token; when forced, for another one than it would give by itself."""

    async def __call__(self, *, is_forced: bool) -> Fetched: ...


class Patience(Struct, frozen=True, kw_only=True):
    """How long things may take, in seconds, and by whose clock.

    A fetch is cut off well within its lease, so that a living winner keeps it; whoever waits,
    waits long enough for a dead winner's lease to lapse and another fetch.
    """

    fetch_seconds_max: float = 15.0
    lease_seconds: float = 17.0
    wait_seconds_max: float = 34.0
    poll_seconds: float = 0.05
    means: Means = Means()


class Place(Struct, frozen=True):
    """Whose token, and which: `access_token` or `jsapi_ticket`."""

    appid: str
    kind: str


class Found(Struct, frozen=True):
    """A token as it is kept."""

    number: int
    sealed: bytes | None
    left_seconds: int
    fresh_seconds: int


class Numbered(Struct, frozen=True):
    """The number of a token that a statement touched."""

    number: int


NONE = Found(0, None, 0, 0)

sql = queries(__file__)
found = sql.one("found", Found)
lease = sql.one("lease", Numbered)
keep = sql.one("keep", Numbered)
release = sql.run("release")


class Tokens:
    """One kind of token of one account, in one process. All callers here wait for one renewal."""

    def __init__(
        self,
        database: Database,
        place: Place,
        secret: str,
        fetch: Fetch,
        *,
        patience: Patience | None = None,
    ) -> None:
        self.database, self.place, self.fetch = database, place, fetch
        self.patience = patience or Patience()
        self.means = self.patience.means
        self.safe = Safe(secret, f"{place.appid} {place.kind}")
        self.held: Token | None = None
        self.held_until = 0.0
        self.renewal: asyncio.Task[Token] | None = None

    async def close(self) -> None:
        """Break off a renewal that is under way."""
        if self.renewal is not None:
            self.renewal.cancel()
            await asyncio.gather(self.renewal, return_exceptions=True)

    async def current(self) -> Token:
        """Give the token to use now.

        Raises WechatFailure when it cannot be had, ConnectionLost when the database is away.
        """
        if self.held is not None and self.means.clock() < self.held_until:
            return self.held
        return await self._together(refused=0)

    async def instead_of(self, refused: Token) -> Token:
        """Give another token than this one, which WeChat refused. Raises as `current` does."""
        if self.held is not None and self.held.number == refused.number:
            self.held = None
        if self.held is not None and self.means.clock() < self.held_until:
            return self.held
        return await self._together(refused.number)

    async def _together(self, refused: int) -> Token:
        """Join the renewal that is under way, or begin one; a cancelled caller does not stop it."""
        while True:
            if self.renewal is None or self.renewal.done():
                self.renewal = asyncio.create_task(self._renewed(refused))
                self.renewal.add_done_callback(_heed)
            token = await asyncio.shield(self.renewal)
            if token.number != refused:
                return token

    async def _renewed(self, refused: int) -> Token:
        until = self.means.clock() + self.patience.wait_seconds_max
        while True:
            seen = await self._found()
            token = self._usable(seen, refused)
            if token is not None and seen.fresh_seconds > 0:
                return self._hold(token, seen.fresh_seconds)
            lessee = secrets.token_hex(8)
            is_refused = seen.number == refused
            if await self._leased(lessee, seen.number, is_refused=is_refused):
                token = await self._fetched(lessee, seen, token, is_refused=is_refused)
            if token is not None:
                return self._hold(token, 0)
            if self.means.clock() >= until:
                raise NotSent(f"renew {self.place.kind}", "nobody renewed it in time", 0)
            await self.means.sleep(self.patience.poll_seconds)

    def _usable(self, seen: Found, refused: int) -> Token | None:
        if seen.number == refused or seen.left_seconds < SPARE_SECONDS:
            return None
        return self._opened(seen)

    def _opened(self, seen: Found) -> Token | None:
        value = self.safe.opened(seen.sealed or b"")
        return None if value is None else Token(seen.number, value)

    def _hold(self, token: Token, seconds: int) -> Token:
        self.held, self.held_until = token, self.means.clock() + seconds
        return token

    async def _found(self) -> Found:
        async with self.database.connection() as connection:
            kept = await found(Tx(connection), appid=self.place.appid, kind=self.place.kind)
        return kept or NONE

    async def _leased(self, lessee: str, number: int, *, is_refused: bool) -> bool:
        async with self.database.connection() as connection:
            won = await lease(
                Tx(connection),
                appid=self.place.appid,
                kind=self.place.kind,
                number=number,
                lessee=lessee,
                lease_seconds=self.patience.lease_seconds,
                is_refused=is_refused,
            )
        return won is not None

    async def _fetched(
        self, lessee: str, seen: Found, usable: Token | None, *, is_refused: bool
    ) -> Token | None:
        """Fetch and keep. Without success the old token serves while it lives.

        In that case the lease is left to lapse: the next try is then not at once.
        """
        try:
            fetched = await self._asked(self._opened(seen) if is_refused else None)
        except WechatFailure as failure:
            if usable is None:
                await self._release(lessee)
                raise
            log.warning("%s of %s not renewed: %s", self.place.kind, self.place.appid, failure)
            return usable
        except BaseException:
            with suppress(Exception):
                await self._release(lessee)
            raise
        return await self._kept(lessee, fetched)

    async def _asked(self, refused: Token | None) -> Fetched:
        """Ask WeChat; where it insists on the token that it refused, ask for another."""
        try:
            async with asyncio.timeout(self.patience.fetch_seconds_max):
                fetched = await self.fetch(is_forced=False)
                if refused is not None and refused.value == fetched.value:
                    fetched = await self.fetch(is_forced=True)
        except TimeoutError as error:
            raise NotSent(f"renew {self.place.kind}", "WeChat took too long", 1) from error
        except OutcomeUnknown as error:
            # Of the renewal, that is: the call that wanted the token was not sent.
            raise NotSent(error.operation, error.reason, error.tries) from error
        if fetched.life_seconds < 1 or not fetched.value:
            raise NotSent(f"renew {self.place.kind}", "WeChat gave none", 1)
        return fetched

    async def _kept(self, lessee: str, fetched: Fetched) -> Token | None:
        """Keep the token; none when the lease had lapsed, for then somebody else is at it."""
        life = fetched.life_seconds
        async with self.database.connection() as connection:
            kept = await keep(
                Tx(connection),
                appid=self.place.appid,
                kind=self.place.kind,
                lessee=lessee,
                sealed=self.safe.sealed(fetched.value),
                life_seconds=life,
                fresh_seconds=max(life - EARLY_SECONDS, life // 2),
            )
        return None if kept is None else Token(kept.number, fetched.value)

    async def _release(self, lessee: str) -> None:
        async with self.database.connection() as connection:
            await release(
                Tx(connection), appid=self.place.appid, kind=self.place.kind, lessee=lessee
            )


def _heed(renewal: asyncio.Task[Token]) -> None:
    """Look at how a renewal ended, though everybody who waited for it may have gone."""
    if not renewal.cancelled():
        renewal.exception()
