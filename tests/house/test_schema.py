"""The tables are the sum of the migrations, led by the book, and well named."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from tests.house.checks import schema
from tests.house.checks.empty import Connection, connected, empty_database
from tests.house.checks.tree import ROOT, hold


def test_the_tables_are_the_sum_of_the_migrations(owner_url: str) -> None:
    async def both() -> tuple[set[str], set[str]]:
        tables, migrations = schema.tables_in_order(ROOT), schema.migrations_in_order(ROOT)
        async with empty_database(owner_url) as one, empty_database(owner_url) as other:
            await schema.build(one, tables)
            await schema.build(other, migrations)
            return await schema.held(one, tables), await schema.held(other, tables)

    from_tables, from_migrations = asyncio.run(both())
    assert len(from_tables) > 400
    hold(schema.differences(from_tables, from_migrations))


@pytest.mark.parametrize(
    "check", [schema.unled, schema.misnamed], ids=lambda check: str(check.__name__)
)
def test_the_schema_keeps_its_rules(
    check: Callable[[Connection], AsyncIterator[str]], owner_url: str
) -> None:
    async def faults() -> list[str]:
        async with connected(owner_url) as connection:
            return [fault async for fault in check(connection)]

    hold(asyncio.run(faults()))
