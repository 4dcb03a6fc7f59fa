"""Returns: a merchant that received a part gives of it back; a person never does."""

from datetime import datetime

import msgspec
from msgspec import Struct

from jishi.kernel import queries
from jishi.sandbox.alarms import set_alarm
from jishi.sandbox.answers import Answered, Asked, Refusal, bad_parameter
from jishi.sandbox.calls import PayCall
from jishi.sandbox.doors import pay
from jishi.sandbox.pay.rules import shown
from jishi.sandbox.sharing import rules
from jishi.sandbox.sharing.names import new_number
from jishi.sandbox.sharing.settling import RETURNS, SETTLE_RETURN
from jishi.sandbox.sharing.sharing import NO_SHARING, NUMBER_MAX, WORDS_MAX

NO_RETURN = Refusal(404, "RESOURCE_NOT_EXISTS", "分账回退单不存在")
CHANGED = Refusal(400, "INVALID_REQUEST", "商户回退单号重复，且请求参数与之前不一致")
NOT_RECEIVED = Refusal(400, "INVALID_REQUEST", "回退商户不是该分账单的分账接收方")
TOO_LATE = Refusal(400, "INVALID_REQUEST", "分账已超过180天，不能回退")
TOO_MUCH = Refusal(403, "NOT_ENOUGH", "回退金额超出可回退金额")


class NewReturn(Asked, frozen=True):
    """A return, in fen, of a sharing named by WeChat's number or the merchant's."""

    out_return_no: str
    return_mchid: str
    amount: int
    description: str
    order_id: str | None = None
    out_order_no: str | None = None


class Received(Struct, frozen=True):
    """What a merchant received of a sharing, if anything, and gave back of it, in fen."""

    order_id: str
    detail_id: str
    share_fen: int
    returned_fen: int
    finished_at: datetime


class Return(Struct, frozen=True):
    """A return as it is kept."""

    return_id: str
    order_id: str
    out_order_no: str
    out_return_no: str
    return_mchid: str
    return_fen: int
    description: str
    asked: str
    result: str
    fail_reason: str
    made_at: datetime
    finished_at: datetime | None


class ShownReturn(Answered, frozen=True):
    """A return as it is shown; `amount` in fen."""

    order_id: str
    out_order_no: str
    out_return_no: str
    return_id: str
    return_mchid: str
    amount: int
    description: str
    result: str
    create_time: str
    finish_time: str
    fail_reason: str | None = None


sql = queries(__file__)
lock_sharing = sql.run("lock_sharing")
received = sql.one("received", Received)
return_by_number = sql.one("return_by_number", Return)
add_return = sql.run("add_return")


@pay("POST", RETURNS)
async def give_back(call: PayCall, asked: NewReturn) -> ShownReturn | Refusal:
    """Take a return on; the same number with the same words is the same return."""
    if refusal := _fault(asked):
        return refusal
    mchid, whole = call.merchant.mchid, msgspec.json.encode(asked).decode()
    which = {
        "mchid": mchid, "order_id": asked.order_id or "", "out_order_no": asked.out_order_no or "",
    }  # fmt: skip
    await lock_sharing(call.tx, **which)
    got = await received(call.tx, **which, return_mchid=asked.return_mchid)
    known = await return_by_number(call.tx, mchid=mchid, out_return_no=asked.out_return_no)
    if known is not None:
        return show(known) if known.asked == whole else CHANGED
    if got is None:
        return NO_SHARING
    if refusal := _limit(got, asked.amount, call.now):
        return refusal
    return_id = new_number("3108", call.now)
    await add_return(
        call.tx, return_id=return_id, mchid=mchid, order_id=got.order_id, detail_id=got.detail_id,
        out_return_no=asked.out_return_no, return_mchid=asked.return_mchid,
        return_fen=asked.amount, description=asked.description, asked=whole,
    )  # fmt: skip
    await set_alarm(call.tx, SETTLE_RETURN, return_id, call.now + rules.TAKES)
    made = await return_by_number(call.tx, mchid=mchid, out_return_no=asked.out_return_no)
    assert made is not None, "it was just made"
    return show(made)


@pay("GET", RETURNS + "/{out_return_no}")
async def query_return(call: PayCall) -> ShownReturn | Refusal:
    """Show a return."""
    mchid, number = call.merchant.mchid, call.path["out_return_no"]
    found = await return_by_number(call.tx, mchid=mchid, out_return_no=number)
    if found is None or found.out_order_no != call.query.get("out_order_no"):
        return NO_RETURN
    return show(found)


def show(given: Return) -> ShownReturn:
    """Show a return."""
    return ShownReturn(
        given.order_id, given.out_order_no, given.out_return_no, given.return_id,
        given.return_mchid, given.return_fen, given.description, given.result,
        shown(given.made_at), shown(given.finished_at or given.made_at), given.fail_reason or None,
    )  # fmt: skip


def _limit(got: Received, return_fen: int, now: datetime) -> Refusal | None:
    """Find the first limit that the return would break."""
    if not got.share_fen:
        return NOT_RECEIVED
    if now > got.finished_at + rules.RETURNABLE:
        return TOO_LATE
    return TOO_MUCH if return_fen > got.share_fen - got.returned_fen else None


def _fault(asked: NewReturn) -> Refusal | None:
    if not (asked.order_id or asked.out_order_no):
        return NO_SHARING
    if not 1 <= len(asked.out_return_no) <= NUMBER_MAX:
        return bad_parameter("/out_return_no", f"长度为1-{NUMBER_MAX}")
    if asked.amount < 1:
        return bad_parameter("/amount", "回退金额必须大于0", value=str(asked.amount))
    if not 1 <= len(asked.description) <= WORDS_MAX:
        return bad_parameter("/description", f"长度为1-{WORDS_MAX}")
    return None
