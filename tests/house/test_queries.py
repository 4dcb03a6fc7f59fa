"""Every query is known to the real schema, fills its record, and keeps to its book."""

import asyncio

from tests.house.checks import queries
from tests.house.checks.empty import connected
from tests.house.checks.tree import ROOT, hold


def test_every_query_fills_its_record(owner_url: str) -> None:
    async def faults() -> list[str]:
        async with connected(owner_url) as connection:
            known = queries.all_queries()
            assert len(known) > 20
            return [fault async for fault in queries.mismatched(connection, known)]

    hold(asyncio.run(faults()))


def test_every_statement_of_an_act_names_its_book(owner_url: str) -> None:
    async def faults() -> list[str]:
        async with connected(owner_url) as connection:
            return [fault async for fault in queries.bookless(connection, queries.all_queries())]

    hold(asyncio.run(faults()))


def test_every_statement_is_used() -> None:
    hold(queries.unused(ROOT, queries.all_queries()))
