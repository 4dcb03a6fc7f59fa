"""Months: the tables of what is seen are opened ahead, and dropped when the lake has them."""

from datetime import date

from msgspec import Struct

from jishi.kernel import Market, Schedule, Tx, queries


class Dropped(Struct, frozen=True):
    """How many months were dropped."""

    months: int


async def open_months(market: Market) -> None:
    """Open the tables of this month and the next two."""
    async with market.database.transaction() as connection:
        await months(Tx(connection))


async def drop_months(market: Market, before: date, batch: int) -> int:
    """Drop the months that ended before a day and whose batches lie in the lake, up to this one."""
    async with market.database.transaction() as connection:
        found = await drop(Tx(connection), before=before, rolled=batch)
    assert found is not None
    return found.months


sql = queries(__file__)
months = sql.run("months")
drop = sql.one("drop", Dropped)
Schedule("evidence.open_months", 3_600, open_months)
