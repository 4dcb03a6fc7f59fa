"""Refunds: what acts of money and of the floors above write and read of them."""

from collections.abc import Sequence
from typing import NamedTuple

from jishi import ledger
from jishi.kernel import Tx, columns, queries
from jishi.money.rules import CNY
from jishi.money.types import PaidAttempt, Refund


class NewRefund(NamedTuple):
    """A refund to write: what for, of which paid attempt, asked by which event.

    `debt_fen` of it was settled already: the shop owes it.
    """

    number: int
    refund_id: int
    order_id: int
    attempt_id: int
    amount_fen: int
    reason: str
    cause_id: int
    debt_fen: int


sql = queries(__file__)
read = sql.many("read", Refund)
read_paid = sql.many("read_paid", PaidAttempt)
write = sql.run("write")
write_end = sql.run("write_end")
write_again = sql.run("write_again")
write_look = sql.run("write_look")


async def refunds(tx: Tx, refund_ids: Sequence[int]) -> dict[int, Refund]:
    """Read these refunds by their ids."""
    return {each.refund_id: each for each in await read(tx, refund_ids=refund_ids)}


async def paid_attempts(tx: Tx, order_ids: Sequence[int]) -> list[PaidAttempt]:
    """Read what was paid on these orders and how much of each is not refunded, nor asked to be."""
    return await read_paid(tx, order_ids=order_ids)


def taken_of(paid: Sequence[PaidAttempt], attempt: PaidAttempt, amount_fen: int) -> int:
    """Take an amount of an attempt, so that the next one misses it; give what is a debt of it."""
    held_fen = min(attempt.escrow_fen, amount_fen)
    attempt.left_fen -= amount_fen
    for each in paid:
        each.escrow_fen -= held_fen
    return amount_fen - held_fen


async def write_refunds(tx: Tx, asked: Sequence[NewRefund]) -> None:
    """Write refunds; whoever writes them also moves what `set_aside` says."""
    if not asked:
        return
    names = ("refund_ids", "order_ids", "attempt_ids", "amounts", "reasons", "cause_ids", "debts")
    await write(tx, **columns([each[1:] for each in asked], *names))
    orders = sorted({each.order_id for each in asked})
    await ledger.open_accounts(tx, [CNY] * len(orders), ["refunding"] * len(orders), orders)


def set_aside(asked: NewRefund) -> list[ledger.Move]:
    """Give the moves that keep a refund's money for it, so that it goes back once."""
    parts = [
        (asked.amount_fen - asked.debt_fen, "escrow", asked.order_id),
        (asked.debt_fen, "debt", 0),
    ]
    return [
        ledger.Move(
            asked.number, CNY, fen, giver_kind, giver, "refunding", asked.order_id, "refund_asked"
        )
        for fen, giver_kind, giver in parts
        if fen
    ]


def gone(number: int, order_id: int, amount_fen: int) -> ledger.Move:
    """Give the move by which what was set aside is back with who paid."""
    return ledger.Move(
        number, CNY, amount_fen, "refunding", order_id, "wechat", 0, "refund_succeeded"
    )


def kept(number: int, order_id: int, amount_fen: int, debt_fen: int) -> list[ledger.Move]:
    """Give the moves by which what was set aside is where it came from: nothing went back."""
    parts = [(amount_fen - debt_fen, "escrow", order_id), (debt_fen, "debt", 0)]
    return [
        ledger.Move(number, CNY, fen, "refunding", order_id, taker, holder, "refund_closed")
        for fen, taker, holder in parts
        if fen
    ]
