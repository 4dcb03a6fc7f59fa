"""Refunds: what acts of money and of the floors above write and read of them."""

from collections.abc import Sequence
from typing import NamedTuple

from jishi import ledger
from jishi.kernel import Tx, columns, queries
from jishi.money.rules import CNY
from jishi.money.types import PaidAttempt, Refund


class NewRefund(NamedTuple):
    """A refund to write: what for, of which paid attempt, asked by which event."""

    number: int
    refund_id: int
    order_id: int
    attempt_id: int
    amount_fen: int
    reason: str
    cause_id: int


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


async def write_refunds(tx: Tx, asked: Sequence[NewRefund]) -> None:
    """Write refunds; whoever writes them also moves what `set_aside` says."""
    if not asked:
        return
    names = ("refund_ids", "order_ids", "attempt_ids", "amounts", "reasons", "cause_ids")
    await write(tx, **columns([each[1:] for each in asked], *names))
    orders = sorted({each.order_id for each in asked})
    await ledger.open_accounts(tx, [CNY] * len(orders), ["refunding"] * len(orders), orders)


def set_aside(asked: NewRefund) -> ledger.Move:
    """Give the move that keeps a refund's money for it, so that it goes back once."""
    return ledger.Move(
        asked.number, CNY, asked.amount_fen,
        "escrow", asked.order_id, "refunding", asked.order_id, "refund_asked",
    )  # fmt: skip
