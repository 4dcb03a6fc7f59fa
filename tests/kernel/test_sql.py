"""Rows become records; what is json in them becomes records too, or stays none."""

import asyncio

import asyncpg
import msgspec

from jishi.kernel import Many, Tx


class Inner(msgspec.Struct, frozen=True):
    """What is in the json."""

    number: int


class Row(msgspec.Struct, frozen=True):
    """A row with json that may be none."""

    one: Inner
    some: list[Inner]
    maybe: Inner | None
    perhaps: list[Inner] | None


ROWS = """
select '{"number": 1}'::jsonb as one, '[{"number": 2}]'::jsonb as some,
       null::jsonb as maybe, null::jsonb as perhaps
union all
select '{"number": 1}'::jsonb, '[]'::jsonb, '{"number": 3}'::jsonb, '[{"number": 4}]'::jsonb
"""


async def read(url: str) -> list[Row]:
    query = Many("kernel.toy.json_rows", ROWS, Row)
    connection = await asyncpg.connect(url)
    try:
        return await query(Tx(connection))
    finally:
        await connection.close()


def test_json_that_may_be_none_is_read(database_url: str) -> None:
    assert asyncio.run(read(database_url)) == [
        Row(Inner(1), [Inner(2)], None, None),
        Row(Inner(1), [], Inner(3), [Inner(4)]),
    ]
