"""The checks that ask a real database can fail too."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import msgspec
import pytest

from jishi.kernel import Query
from tests.house.checks import queries, schema
from tests.house.checks.empty import Connection, connected
from tests.house.checks.tree import ROOT

TABLES = schema.tables_in_order(ROOT)


class Found(msgspec.Struct):
    """What the queries below fill."""

    book: int
    kind: str


@pytest.fixture(autouse=True)
def only_these(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep the queries of these tests out of the house's own."""
    monkeypatch.setattr(Query, "known", [])
    return iter(())


@asynccontextmanager
async def undone(owner_url: str) -> AsyncIterator[Connection]:
    """Lend a transaction on the migrated database that is rolled back in the end."""
    async with connected(owner_url) as connection:
        change = connection.transaction()
        await change.start()
        try:
            yield connection
        finally:
            await change.rollback()


@pytest.fixture(scope="module")
def before(owner_url: str) -> set[str]:
    """Give what the migrated database holds."""

    async def look() -> set[str]:
        async with connected(owner_url) as connection:
            return await schema.held(connection, TABLES)

    return asyncio.run(look())


async def spoiled(owner_url: str, before: set[str], spoil: str) -> list[str]:
    """Give what the comparison says after one change."""
    async with undone(owner_url) as connection:
        await connection.execute(spoil)
        return list(schema.differences(before, await schema.held(connection, TABLES)))


@pytest.mark.parametrize(
    "spoil",
    [
        "alter table trade.orders add column mood text",
        "alter table trade.orders alter column remark drop not null",
        "alter table trade.orders alter column remark set default ''",
        "alter table trade.orders alter column remark type varchar",
        "alter table trade.orders drop constraint an_order_costs_something",
        "drop index trade.orders_that_may_expire",
        "alter table trade.orders set (fillfactor = 70)",
        "alter table trade.orders no force row level security",
        "drop policy one_book on trade.orders",
        "alter policy one_book on trade.orders using (true)",
        "drop trigger lines_are_for_ever on trade.order_lines",
        "alter table trade.order_lines disable trigger lines_are_for_ever",
        "drop view trade.every_reservation_ends",
        "comment on table kernel.books is 'something else'",
        "comment on column trade.orders.remark is 'something else'",
        "grant delete on trade.orders to jishi_app",
        "grant update (placed_at) on trade.orders to jishi_app",
        "grant create on schema trade to jishi_app",
        "grant execute on function kernel.open_months() to public",
        "alter function kernel.open_months() security invoker",
        "create table trade.extra (book bigint primary key)",
        "create sequence trade.numbers",
        "create type trade.mood as enum ('good')",
        "delete from kernel.promises where promise = 'trade.every_reservation_ends'",
    ],
)
def test_it_catches_a_migration_out_of_step(owner_url: str, before: set[str], spoil: str) -> None:
    assert asyncio.run(spoiled(owner_url, before, spoil))


def test_it_lets_what_is_in_step_be(owner_url: str, before: set[str]) -> None:
    assert asyncio.run(spoiled(owner_url, before, "select 1")) == []


async def _faults(owner_url: str, spoil: str, *checks: str) -> list[str]:
    async with undone(owner_url) as connection:
        await connection.execute(spoil)
        return [fault for check in checks async for fault in getattr(schema, check)(connection)]


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (
            "create table trade.a (a bigint primary key, book bigint)",
            "begins with a, not with book",
        ),
        ("create table trade.a (book bigint, a bigint unique)", "begins with a, not with book"),
        ("create table trade.a (a bigint)", "trade.a: its key None begins with None"),
        ("create unique index on trade.orders (public_id)", "begins with public_id"),
        ("alter table trade.orders add column paid timestamptz", "a moment ends in _at"),
        ("alter table trade.orders add column gift boolean", "a truth is a question"),
        ("alter table trade.orders add column fee bigint", "money ends in _fen"),
        ("alter table trade.orders add column born date", "a day ends in _on"),
    ],
)
def test_it_catches_a_table_that_breaks_the_rules(owner_url: str, spoil: str, fault: str) -> None:
    found = asyncio.run(_faults(owner_url, spoil, "unled", "misnamed"))
    assert any(fault in each for each in found)


async def _asked(owner_url: str, text: str, row: type, spoil: str) -> list[str]:
    async with undone(owner_url) as connection:
        await connection.execute(spoil)
        query = [Query[object]("trade.nosy.found", text, row)]
        found = [fault async for fault in queries.bookless(connection, query)]
        return found + [fault async for fault in queries.mismatched(connection, query)]


NULLABLE = msgspec.defstruct("Nullable", [("book", int), ("kind", str | None)])
OTHERS = msgspec.defstruct("Others", [("book", int), ("kind", int)])
READ = "select books.book, books.kind from kernel.books as books where books.book = :book"
OUTER = """
select held.book, books.kind from kernel.keys as held
  left join kernel.books as books using (book) where held.book = :book
"""


@pytest.mark.parametrize(
    ("text", "row", "spoil", "fault"),
    [
        (READ, Found, "select 1", ""),
        (OUTER, NULLABLE, "select 1", ""),
        (READ, Found, "alter table kernel.books rename column kind to sort", "does not exist"),
        (READ, Found, "alter table kernel.books alter kind drop not null", "may be null: True"),
        (OUTER, Found, "select 1", "may be null: True"),
        (READ, NULLABLE, "select 1", "may be null: False"),
        (READ, OTHERS, "select 1", "kind is text, the record has <class 'int'>"),
        (READ.replace("book, ", "book as shop, "), Found, "select 1", "gives ['shop', 'kind']"),
        (
            READ.replace(".book, books.kind", ".kind, books.book"),
            Found,
            "select 1",
            "gives ['kind'",
        ),
        (READ.partition("where")[0], Found, "select 1", "reads kernel.books of every book"),
    ],
)
def test_it_catches_a_query_that_does_not_fill_its_record(
    owner_url: str, text: str, row: type, spoil: str, fault: str
) -> None:
    found = asyncio.run(_asked(owner_url, text, row, spoil))
    assert any(fault in each for each in found) if fault else found == []


def test_it_catches_a_statement_that_nobody_asks() -> None:
    assert "jishi/trade/views.sql: nobody asks order" in list(queries.unused(ROOT, []))
