"""The sandbox's clock: real time, and as far ahead as somebody wound it."""

import time
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from jishi.kernel import Tx, queries


class Reading(Struct, frozen=True):
    """How far ahead the clock is kept."""

    ahead_seconds: int


sql = queries(__file__)
read = sql.one("read", Reading)
wind = sql.run("wind")


class Clock:
    """What time it is at WeChat. Business moments are this clock's; signatures carry real time.

    A receiver judges a signature's age by its own clock, which nobody winds.
    """

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        """Give the sandbox's moment (UTC)."""
        return datetime.now(UTC) + self.ahead

    def wire(self) -> int:
        """Give the real time in seconds since 1970, as signatures carry it."""
        return int(time.time())

    def wind_to(self, moment: datetime) -> None:
        """Be at this moment now; the clock never goes back."""
        self.ahead = max(self.ahead, moment - datetime.now(UTC))

    async def load(self, tx: Tx) -> None:
        """Take up where the clock was left."""
        reading = await read(tx)
        assert reading is not None
        self.ahead = timedelta(seconds=reading.ahead_seconds)

    async def keep(self, tx: Tx) -> None:
        """Write down how far ahead it is, in whole seconds, rounded up: time never goes back."""
        await wind(tx, ahead_seconds=-(-self.ahead // timedelta(seconds=1)))
