"""Months: the tables of what is seen are opened ahead of time."""

from jishi.kernel import Market, Schedule, Tx, queries


async def open_months(market: Market) -> None:
    """Open the tables of this month and the next two."""
    async with market.database.transaction() as connection:
        await months(Tx(connection))


sql = queries(__file__)
months = sql.run("months")
Schedule("evidence.open_months", 3_600, open_months)
