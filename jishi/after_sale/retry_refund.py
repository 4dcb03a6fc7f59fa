"""Retry a refund that got stuck: under a new number, once the old one is closed for certain."""

from collections.abc import Sequence

import msgspec

from jishi.after_sale import steps
from jishi.after_sale.steps import Cases, Step
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, queries


class RetryRefund(Request, frozen=True, kw_only=True):
    """The operator has the money asked back anew.

    Refused: `case_unknown`, `case_elsewhere`, `refund_open`.
    """

    case_id: int


class RefundRetried(Event, frozen=True, kw_only=True):
    """Money is owed again for the case (`subject_id`)."""

    order_id: int
    state: str
    refund_fen: int


class Open(msgspec.Struct, frozen=True):
    """A case with a refund that may still arrive."""

    case_id: int


class World(msgspec.Struct):
    """The cases, and which of them have a refund that may still arrive."""

    cases: Cases
    is_open: set[int]


sql = queries(__file__)
read_open = sql.many("read_open", Open)


async def gather(tx: Tx, asked: Sequence[RetryRefund]) -> World:
    """Read the cases and their refunds."""
    case_ids = [each.case_id for each in asked]
    is_open = {each.case_id for each in await read_open(tx, case_ids=case_ids)}
    return World(await steps.cases(tx, case_ids), is_open)


def decide(world: World, asked: RetryRefund) -> RefundRetried | Refused:
    """Accept a stuck case whose refunds are all closed: an abnormal one may still arrive."""
    case = world.cases.cases.get(asked.case_id)
    if case is None:
        return Refused("case_unknown")
    if case.state != "refund_stuck":
        return Refused("case_elsewhere", {"state": case.state})
    if case.case_id in world.is_open:
        return Refused("refund_open")
    case.state = "refunding"
    return RefundRetried(
        subject_id=case.case_id, order_id=case.order_id, state=case.state,
        refund_fen=case.refund_fen,
    )  # fmt: skip


async def record(tx: Tx, happened: Sequence[Happened[RetryRefund, RefundRetried]]) -> None:
    """Write the step."""
    await steps.step(
        tx,
        [
            Step(n, asked.case_id, "refunding", "operator", asked.actor_id, "refund_retried", "")
            for asked, _, n in happened
        ],
    )


retry_refund = Act(RetryRefund, RefundRetried, gather, decide, record)
