"""What a payer does: complain of a payment, say more, or complain again."""

import secrets

from msgspec import Struct

from jishi.kernel import Tx, queries
from jishi.sandbox.answers import Asked, Refusal, bad_parameter
from jishi.sandbox.calls import ControlCall
from jishi.sandbox.complaints.kept import (
    CREATED,
    NO_COMPLAINT,
    PENDING,
    PROCESSED,
    Complaint,
    Step,
    add_step,
    complaint_by_id,
    take_step,
    tell,
)
from jishi.sandbox.doors import control
from jishi.sandbox.pay.rules import BEIJING

TEXT_MAX = 200
KINDS = {"REFUND": "申请退款", "SERVICE_NOT_WORK": "服务权益未生效", "OTHERS": "其他类型"}
NO_PAYMENT = Refusal(404, "RESOURCE_NOT_EXISTS", "没有这笔支付")


class Complaining(Asked, frozen=True):
    """A payer's complaint; `apply_refund_fen` only of the kind REFUND."""

    transaction_id: str
    detail: str
    problem_type: str = "OTHERS"
    problem: str = "不满意商家服务"
    apply_refund_fen: int = 0


class More(Asked, frozen=True):
    """What a payer says besides."""

    text: str


class Payment(Struct, frozen=True):
    """The payment that is complained of, in fen, and how often that was done before."""

    mchid: str
    person_id: int
    openid: str
    out_trade_no: str
    total_fen: int
    times: int


class Complained(Struct, frozen=True):
    """The complaint's number."""

    complaint_id: str


sql = queries(__file__)
payment_of = sql.one("payment_of", Payment)
add_complaint = sql.run("add_complaint")


@control("POST", "/sandbox/complaints")
async def complain_here(call: ControlCall, asked: Complaining) -> Complained | Refusal:
    """Complain in the payer's name."""
    return await complain(call.tx, asked)


@control("POST", "/sandbox/complaints/{complaint_id}/messages")
async def say_more_here(call: ControlCall, asked: More) -> Refusal | None:
    """Say more in the payer's name."""
    return await say_more(call.tx, call.path["complaint_id"], asked.text)


async def complain(tx: Tx, asked: Complaining) -> Complained | Refusal:
    """Complain of a payment that was made."""
    payment = await payment_of(tx, transaction_id=asked.transaction_id)
    if payment is None:
        return NO_PAYMENT
    if asked.problem_type not in KINDS:
        return bad_parameter("/problem_type", f"one of {', '.join(KINDS)}")
    if not 1 <= len(asked.detail) <= TEXT_MAX or not 1 <= len(asked.problem) <= TEXT_MAX:
        return bad_parameter("/detail", f"1 to {TEXT_MAX} characters")
    refund_max = payment.total_fen if asked.problem_type == "REFUND" else 0
    if not 0 <= asked.apply_refund_fen <= refund_max:
        return bad_parameter("/apply_refund_fen", f"from 0 to {refund_max}")
    day = f"{tx.now.astimezone(BEIJING):%Y%m%d}"
    number = f"2002018{day}{secrets.randbelow(10**14):014}"
    await add_complaint(
        tx, complaint_id=number, mchid=payment.mchid, person_id=payment.person_id,
        openid=payment.openid, transaction_id=asked.transaction_id,
        out_trade_no=payment.out_trade_no, total_fen=payment.total_fen, problem=asked.problem,
        problem_type=asked.problem_type, asked_refund_fen=asked.apply_refund_fen,
        detail=asked.detail, times=payment.times + 1,
    )  # fmt: skip
    await add_step(
        tx, complaint_id=number, operator="投诉人", kind="USER_CREATE_COMPLAINT",
        details=asked.detail, images=[],
    )  # fmt: skip
    await tell(tx, payment.mchid, number, "CREATE_COMPLAINT", CREATED)
    return Complained(number)


async def say_more(tx: Tx, complaint_id: str, text: str) -> Refusal | None:
    """Say more; about what was said to be dealt with, that is complaining again."""
    found = await complaint_by_id(tx, complaint_id=complaint_id)
    if found is None:
        return NO_COMPLAINT
    if not 1 <= len(text) <= TEXT_MAX:
        return bad_parameter("/text", f"1 to {TEXT_MAX} characters")
    await take_step(tx, found, _step(found, text), state=_state(found), is_reply_awaited=True)
    return None


def _step(found: Complaint, text: str) -> Step:
    if found.state == PROCESSED:
        return Step("投诉人", "USER_CONTINUE_COMPLAINT", "CONTINUE_COMPLAINT", text)
    return Step("投诉人", "USER_RESPONSE", "USER_RESPONSE", text)


def _state(found: Complaint) -> str:
    return PENDING if found.state == PROCESSED else found.state
