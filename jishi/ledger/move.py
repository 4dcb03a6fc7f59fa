"""Move an amount of one unit from one account to another: the only way a balance changes."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from jishi.kernel import Tx, columns, queries
from jishi.kernel.failures import BrokenWorld


class Move(NamedTuple):
    """One transfer: caused by event `number`, `amount` > 0 of `unit`, from giver to taker.

    A kind names what an account is (`shelf`), the holder whose it is (a store, an order, 0).
    """

    number: int
    unit: int
    amount: int
    giver_kind: str
    giver: int
    taker_kind: str
    taker: int
    reason: str


class Moved(msgspec.Struct, frozen=True):
    """How many bounded accounts should have changed, and how many did."""

    bounded: int
    changed: int


class Balance(msgspec.Struct, frozen=True):
    """What an account holds."""

    unit: int
    kind: str
    holder: int
    balance: int


sql = queries(__file__)
write = sql.one("write", Moved)
balances_of = sql.many("balances_of", Balance)
units = sql.run("units")
accounts = sql.run("accounts")


async def move(tx: Tx, moves: Sequence[Move]) -> None:
    """Write the transfers and change the bounded balances by their sums, in one statement.

    Whoever calls decided under the book's lock that it is there to give: a balance that would go
    below zero breaks the table's check, and with it the whole batch.
    """
    if not moves:
        return
    changes: Counter[tuple[int, str, int]] = Counter()
    positions: Counter[int] = Counter()
    rows = []
    for each in moves:
        changes[each.unit, each.giver_kind, each.giver] -= each.amount
        changes[each.unit, each.taker_kind, each.taker] += each.amount
        positions[each.number] += 1
        rows.append((*each, positions[each.number]))
    names = ("numbers", "of_units", "amounts", "giver_kinds", "givers", "taker_kinds", "takers")
    # In the order of their keys, as every writer of accounts does.
    deltas = sorted((*account, delta) for account, delta in changes.items())
    moved = await write(
        tx,
        **columns(rows, *names, "reasons", "positions"),
        **columns(deltas, "units", "kinds", "holders", "deltas"),
    )
    if moved is None or moved.bounded != moved.changed:
        raise BrokenWorld("a transfer names a bounded account that was never opened")


async def declare_units(tx: Tx, units_: Sequence[int], names: Sequence[str]) -> None:
    """Declare what is counted in this book; a unit that is declared stays as it is."""
    await units(tx, units=units_, names=names)


async def open_accounts(
    tx: Tx, units_: Sequence[int], kinds: Sequence[str], holders: Sequence[int]
) -> None:
    """Open bounded accounts with nothing in them; one that is open stays as it is."""
    await accounts(tx, units=units_, kinds=kinds, holders=holders)
