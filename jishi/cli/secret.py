"""`jishi secret`: change the key under which lies whatever is sealed for long."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
from cyclopts import App
from rich.console import Console

from jishi import money, staff
from jishi.cli.connection import HOME, database
from jishi.kernel import Market
from jishi.kernel.secret import DATA_KEYS, Secret, begin_data_key, end_data_key, read_secret
from jishi.kernel.secret import home as home_of_secret
from jishi.people.rewrapping import NotRewrapped, rewrap_all

secret = App(name="secret", help="The keys under which personal data and credentials lie.")
console = Console(highlight=False, soft_wrap=True)
NOT_DONE = (NotRewrapped, money.resealing.NotResealed, staff.resealing.NotResealed)
LOOKS, PAUSE_SECONDS = 10, 0.1
OTHERS = """
    select count(*) from pg_stat_activity
     where datname = current_database() and backend_type = 'client backend'
       and pid <> pg_backend_pid()
"""


@secret.command
def rotate(*, home: Path = HOME) -> None:
    """Bring under a new key whatever is sealed for long, while the market stands still.

    These are the data keys of persons, the credentials of shops at WeChat Pay, and the
    authenticators of staff.

    Stopped at any point it goes on where it was, when called again; until it is done both keys are
    kept, and everything can be read. Make a backup afterwards: older ones need the older key.
    """
    if home != HOME:
        os.environ["JISHI_HOME"] = str(home)
    folder = home_of_secret()
    with database(home) as urls:
        if asyncio.run(others(urls.owner)):
            console.print("[red]Somebody works with the database.[/] Stop the market first.")
            sys.exit(1)
        was_begun = begin_data_key(folder)
        console.print("It goes on where it was." if was_begun else "There is a new key.")
        try:
            count = asyncio.run(bring_all(urls.login))
        except NOT_DONE as error:
            console.print(f"[red]It is not done:[/] {error.args[1]}. Both keys are kept.")
            sys.exit(1)
        end_data_key(folder)
    console.print(f"{count:,} seals were brought under it; the older one is gone.")
    console.print(f"{folder / DATA_KEYS} belongs into the next backup: without it nothing is read.")


async def others(owner_url: str) -> int:
    """Count who else stays connected to the database; who is just leaving is waited for."""
    connection = await asyncpg.connect(owner_url)
    try:
        for _ in range(LOOKS):
            if not await connection.fetchval(OTHERS):
                return 0
            await asyncio.sleep(PAUSE_SECONDS)
        return int(await connection.fetchval(OTHERS))
    finally:
        await connection.close()


async def brought_by_all(market: Market, the_secret: Secret) -> AsyncIterator[int]:
    """Bring everything under the newest key; give, batch by batch, how much was brought."""
    for bring in (rewrap_all, money.resealing.reseal_all, staff.resealing.reseal_all):
        async for brought in bring(market, the_secret):
            yield brought


async def bring_all(url: str) -> int:
    """Bring all keys under the newest; a second look must find nothing left."""
    market, count = Market(url, is_working=False), 0
    await market.open()
    try:
        the_secret = read_secret()
        async for brought in brought_by_all(market, the_secret):
            count += brought
        async for left in brought_by_all(market, the_secret):
            if left:
                raise NotRewrapped(left, "somebody sealed something meanwhile")
    finally:
        await market.close()
    return count
