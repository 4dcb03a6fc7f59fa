"""Orders as acts about invoices see them, under the book's lock."""

from collections.abc import Sequence

import msgspec

from jishi.kernel import Tx, queries


class Invoiced(msgspec.Struct):
    """An order, how often its invoice was asked for, and its number once it is issued."""

    order_id: int
    buyer_id: int
    state: str
    wishes: int
    invoice_number: str


class Taken(msgspec.Struct, frozen=True):
    """A number that an invoice has."""

    invoice_number: str


sql = queries(__file__)
read = sql.many("read", Invoiced)
read_taken = sql.many("read_taken", Taken)


async def invoiced(tx: Tx, order_ids: Sequence[int]) -> dict[int, Invoiced]:
    """Read these orders."""
    return {each.order_id: each for each in await read(tx, order_ids=order_ids)}


async def taken(tx: Tx, numbers: Sequence[str]) -> set[str]:
    """Read which of these numbers other invoices have."""
    return {each.invoice_number for each in await read_taken(tx, numbers=numbers)}
