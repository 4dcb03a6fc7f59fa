"""Reversals: a refund after settlement is borne as if the order were settled without it.

Over all late refunds of the order WeChat gives back of its fee in proportion, the market of its
commission in proportion to the rest, parts of a fen rounded down; what remains is owed by the
shop. Nothing is capped at what the shop has: what it cannot meet now it owes on.
"""

from collections.abc import Iterable, Sequence

import msgspec

from jishi import ledger
from jishi.kernel import MARKET, Tx, columns, queries
from jishi.money.rules import CNY


class Reversal(msgspec.Struct, frozen=True):
    """What a refund of a settled order took back: of WeChat's fee, of the commission, the net."""

    order_id: int
    refund_id: int
    amount_fen: int
    fee_fen: int
    commission_fen: int
    net_fen: int


class Settled(msgspec.Struct):
    """What a settlement gave to whom, and what of it was taken back so far."""

    order_id: int
    fee_fen: int
    commission_fen: int
    net_fen: int
    back_fen: int
    fee_back_fen: int
    commission_back_fen: int


sql = queries(__file__)
read = sql.many("read", Settled)
write = sql.run("write")


async def settled(tx: Tx, order_ids: Iterable[int]) -> dict[int, Settled]:
    """Read the settlements of these orders with what was taken back of them."""
    found = await read(tx, order_ids=sorted(set(order_ids)))
    return {each.order_id: each for each in found}


def reversal(of: Settled, refund_id: int, amount_fen: int) -> Reversal:
    """Take an amount back of a settlement; the next one sees it."""
    others_fen = of.commission_fen + of.net_fen
    back_fen = of.back_fen + amount_fen
    fee_back_fen = of.fee_fen * back_fen // (of.fee_fen + others_fen)
    rest_fen = back_fen - fee_back_fen
    # Each part of what the one before it leaves: none ever goes down, or beyond its whole.
    commission_back_fen = of.commission_fen * rest_fen // others_fen if others_fen else 0
    fee_fen = fee_back_fen - of.fee_back_fen
    commission_fen = commission_back_fen - of.commission_back_fen
    of.back_fen = back_fen
    of.fee_back_fen, of.commission_back_fen = fee_back_fen, commission_back_fen
    return Reversal(
        of.order_id, refund_id, amount_fen, fee_fen, commission_fen,
        amount_fen - fee_fen - commission_fen,
    )  # fmt: skip


async def write_reversals(tx: Tx, reversals: Sequence[tuple[int, Reversal]]) -> None:
    """Write what events (by number) took back; whoever writes them also moves `returned`."""
    rows = [(number, *msgspec.structs.astuple(each)) for number, each in reversals]
    names = ("numbers", "order_ids", "refund_ids", "amounts", "fees", "commissions", "nets")
    await write(tx, **columns(rows, *names))


def returned(number: int, each: Reversal) -> list[ledger.Move]:
    """Give the moves by which WeChat and the market bear their parts of a shop's debt."""
    parts = [
        (each.fee_fen, 0, "fee_returned"),
        (each.commission_fen, MARKET, "commission_returned"),
    ]
    return [
        ledger.Move(number, CNY, fen, "fees", giver, "debt", 0, why)
        for fen, giver, why in parts
        if fen
    ]
