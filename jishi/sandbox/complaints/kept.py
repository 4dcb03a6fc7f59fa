"""Complaints as they are kept, and the one way in which a step is taken."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from jishi.kernel import Tx, queries
from jishi.sandbox.answers import Refusal
from jishi.sandbox.pay.notifications import notify

CREATED, CHANGED = "COMPLAINT.CREATE", "COMPLAINT.STATE_CHANGE"
PENDING, PROCESSING, PROCESSED = "PENDING", "PROCESSING", "PROCESSED"
NO_COMPLAINT = Refusal(404, "RESOURCE_NOT_EXISTS", "投诉单不存在")


class Complaint(Struct, frozen=True):
    """A complaint with what became of its order's money, in fen."""

    complaint_id: str
    mchid: str
    person_id: int
    openid: str
    transaction_id: str
    out_trade_no: str
    total_fen: int
    problem: str
    problem_type: str
    asked_refund_fen: int
    detail: str
    state: str
    is_reply_awaited: bool
    times: int
    made_at: datetime
    phone: str
    is_fully_refunded: bool


class Address(Struct, frozen=True):
    """Where a merchant wants to hear of complaints."""

    mchid: str
    url: str


class Told(Struct, frozen=True):
    """What a notification of a complaint says."""

    complaint_id: str
    action_type: str


class Step(Struct, frozen=True):
    """What is done about a complaint: by whom, and what its notification calls it."""

    operator: str
    kind: str
    action: str
    details: str = ""
    images: tuple[str, ...] = ()


sql = queries(__file__)
complaint_by_id = sql.one("complaint_by_id", Complaint)
add_step = sql.run("add_step")
set_state = sql.run("set_state")
address_of = sql.one("address_of", Address)


async def take_step(
    tx: Tx, complaint: Complaint, step: Step, *, state: str, is_reply_awaited: bool
) -> None:
    """Write a step down, put the complaint into its state, and tell the merchant."""
    await add_step(
        tx, complaint_id=complaint.complaint_id, operator=step.operator, kind=step.kind,
        details=step.details, images=list(step.images),
    )  # fmt: skip
    await set_state(
        tx, complaint_id=complaint.complaint_id, state=state, is_reply_awaited=is_reply_awaited
    )
    await tell(tx, complaint.mchid, complaint.complaint_id, step.action, CHANGED)


async def tell(tx: Tx, mchid: str, complaint_id: str, action: str, event_type: str) -> None:
    """Tell a merchant who said where; others look for themselves."""
    address = await address_of(tx, mchid=mchid)
    if address is not None:
        words = "产生新投诉" if event_type == CREATED else "投诉单状态变化"
        told = Told(complaint_id, action)
        await notify(tx, mchid, address.url, event_type, "complaint", words, told)


def listed(texts: Sequence[str] | None) -> tuple[str, ...]:
    """Give a list that may be left out."""
    return tuple(texts or ())
