"""One hot SKU, one transaction an order: the best correct schemes that others use.

A plain table of stock and orders, none of our keys, events or ledger: what these do is less than
what we do. `conditional` updates where there is enough, `one_statement` does all in one CTE,
`row_a_unit` has a row for each unit and skips the locked ones.
"""

import asyncio
import time

import asyncpg

from bench.measure import Measured, measured
from jishi.kernel import limits
from jishi.kernel.tx import Connection

TABLES = """
drop schema if exists single cascade;
create schema single;
create table single.stock (sku bigint primary key, free bigint not null check (free >= 0))
    with (fillfactor = 50);
create table single.units (unit bigint primary key, sku bigint not null, is_sold boolean not null)
    with (fillfactor = 50);
create index units_that_are_free on single.units (sku) where not is_sold;
create table single.orders (
    order_id bigint generated always as identity primary key, sku bigint, at timestamptz);
insert into single.stock values (1, 1000000000);
"""
UNITS = "insert into single.units select n, 1, false from generate_series(1, 400000) as n"

CONDITIONAL = (
    "insert into single.orders (sku, at) values (1, now())",
    "update single.stock set free = free - 1 where sku = 1 and free >= 1",
)
TAKE_AND_ORDER = (
    "with taken as (update single.stock set free = free - 1 where sku = 1 and free >= 1"
    " returning sku) insert into single.orders (sku, at) select sku, now() from taken"
)
TAKE_A_UNIT = (
    "with free as (select unit from single.units where sku = 1 and not is_sold limit 1"
    " for update skip locked), taken as (update single.units set is_sold = true from free"
    " where units.unit = free.unit returning 1)"
    " insert into single.orders (sku, at) select 1, now() from taken"
)
SCHEMES = {
    "conditional": CONDITIONAL,
    "one_statement": (TAKE_AND_ORDER,),
    "row_a_unit": (TAKE_A_UNIT,),
}


async def prepare(owner_url: str) -> None:
    """Lay down the plain tables."""
    connection = await asyncpg.connect(owner_url)
    await connection.execute(TABLES)
    await connection.execute(UNITS)
    await connection.execute("vacuum analyze single.units")
    await connection.close()


async def single(owner_url: str, scheme: str, *, connections: int, seconds: float) -> Measured:
    """Let so many connections sell one unit a transaction for so long."""
    statements = SCHEMES[scheme]
    pool = [
        await asyncpg.connect(owner_url, server_settings=limits.SETTINGS)
        for _ in range(connections)
    ]
    took: list[float] = []
    began = time.perf_counter()
    until = began + seconds

    async def client(connection: Connection) -> None:
        while (asked_at := time.perf_counter()) < until:
            if len(statements) == 1:
                await connection.fetch(statements[0])
            else:
                await connection.execute("begin")
                for statement in statements:
                    await connection.fetch(statement)
                await connection.execute("commit")
            took.append(time.perf_counter() - asked_at)

    await asyncio.gather(*map(client, pool))
    elapsed = time.perf_counter() - began
    for connection in pool:
        await connection.close()
    return measured(len(took), elapsed, took)
