"""Books: what balances by itself and is written by one writer at a time."""

from collections.abc import Sequence

import msgspec

from jishi.kernel.sql import queries
from jishi.kernel.tx import Tx

MARKET = 1
"""The market's own book: combined payments, fees, and the opening of shops."""


class Book(msgspec.Struct, frozen=True):
    """A book as it is listed."""

    book: int
    kind: str
    event_count: int


sql = queries(__file__)
write = sql.run("write")
book_of = sql.one("book_of", Book)


async def open_books(tx: Tx, books: Sequence[tuple[int, str]]) -> None:
    """Open books, each an id and its kind (`shop` or `people`); one that is open stays."""
    await write(tx, books=[book for book, _ in books], kinds=[kind for _, kind in books])
