"""Look for a refund: WeChat's word on it is late, so it is asked; each time after a longer pause.

WeChat takes seconds, or days for a bank card: the notice may be lost meanwhile.
"""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID, uuid5

import msgspec

from jishi.kernel import (
    Act,
    Event,
    Happened,
    Market,
    Refused,
    Request,
    Schedule,
    Tx,
    columns,
    queries,
)
from jishi.money import refunds, rules
from jishi.money.types import PaidAttempt, Refund

REFUNDS_MAX = 200
EVERY_SECONDS = 30
LOOKS = UUID("5f0d5e9c-8a3b-4c0e-9d5a-6a6973686904")


class LookForRefund(Request, frozen=True, kw_only=True):
    """The clock says that a refund is to be looked for, the so-many-th time.

    Refused: `refund_unknown`, `refund_ended`.
    """

    refund_id: int
    looks: int


class RefundLookedFor(Event, frozen=True, kw_only=True):
    """WeChat is to be asked how a refund stands; it is asked for anew if WeChat knows none."""

    order_id: int
    out_trade_no: str
    out_refund_no: str
    amount_fen: int
    paid_fen: int
    reason: str


class Due(msgspec.Struct, frozen=True):
    """A refund to look for."""

    book: int
    refund_id: int
    looks: int


class World(NamedTuple):
    """The refunds, and what was paid on their orders."""

    refunds: dict[int, Refund]
    paid: dict[int, PaidAttempt]


sql = queries(__file__)
read_due = sql.many("read_due", Due)


async def gather(tx: Tx, asked: Sequence[LookForRefund]) -> World:
    """Read the refunds and their attempts."""
    found = await refunds.refunds(tx, [each.refund_id for each in asked])
    paid = await refunds.paid_attempts(tx, [each.order_id for each in found.values()])
    return World(found, {each.attempt_id: each for each in paid})


def decide(world: World, asked: LookForRefund) -> RefundLookedFor | Refused:
    """Accept while WeChat has not said how it ended."""
    refund = world.refunds.get(asked.refund_id)
    if refund is None:
        return Refused("refund_unknown")
    if refund.state != "asked":
        return Refused("refund_ended", {"state": refund.state})
    return RefundLookedFor(
        subject_id=refund.refund_id,
        order_id=refund.order_id,
        out_trade_no=rules.out_trade_no(asked.book, refund.attempt_id),
        out_refund_no=rules.out_refund_no(asked.book, refund.refund_id),
        amount_fen=refund.amount_fen,
        paid_fen=world.paid[refund.attempt_id].amount_fen,
        reason=refund.reason,
    )


async def record(tx: Tx, happened: Sequence[Happened[LookForRefund, RefundLookedFor]]) -> None:
    """Write when each is looked for next."""
    pauses = {asked.refund_id: rules.look_pause(asked.looks) for asked, _, _ in happened}
    await refunds.write_look(tx, **columns(list(pauses.items()), "refund_ids", "pauses"))


async def look_for_refunds(market: Market) -> None:
    """Ask for each refund whose time to be looked for has come."""
    for due in await market.look(read_due, refunds_max=REFUNDS_MAX):
        key = uuid5(LOOKS, f"{due.book} {due.refund_id} {due.looks}")
        await market.ask(
            LookForRefund(
                key=key, book=due.book, actor_id=0, refund_id=due.refund_id, looks=due.looks
            )
        )


look_for_refund = Act(LookForRefund, RefundLookedFor, gather, decide, record)
Schedule("money.look_for_refunds", EVERY_SECONDS, look_for_refunds)
