"""Transfers: asked for, looked up, taken back before anybody confirmed.

Source: WeChat Pay v3, "Start a transfer", "Cancel a transfer", "Query a transfer".
"""

import re
import secrets
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from jishi.kernel import Tx, queries
from jishi.sandbox.alarms import alarm, set_alarm
from jishi.sandbox.answers import Answered, Asked, Refusal, bad_parameter
from jishi.sandbox.calls import PayCall
from jishi.sandbox.cast import person_by_openid
from jishi.sandbox.doors import pay
from jishi.sandbox.pay import refusals
from jishi.sandbox.pay.notifications import notify
from jishi.sandbox.pay.rules import fault_of_address, shown
from jishi.sandbox.sharing.names import new_number
from jishi.sandbox.transfers.purse import lock_merchant, operation_fen
from jishi.sandbox.transfers.scenes import Report, Style, fault_of_scene
from jishi.sandbox.world import World

PATH = "/v3/fund-app/mch-transfer/transfer-bills"
NUMBER = re.compile(r"[0-9A-Za-z]{1,32}")
FEN_MIN, NAMED_FEN_MIN, FEN_MAX = 10, 200_000, 20_000_000
"""From 2,000 yuan on the receiver's name is to be given."""

REMARK_MAX = 32
CONFIRM = timedelta(hours=24)
CANCEL_TAKES = timedelta(seconds=3)
LAPSE, CANCEL = "transfer.lapse", "transfer.cancel"
WAITING, FAILED, CANCELING, CANCELLED = "WAIT_USER_CONFIRM", "FAIL", "CANCELING", "CANCELLED"
NO_TRANSFER = Refusal(404, "NOT_FOUND", "转账单不存在")
CHANGED = Refusal(400, "INVALID_REQUEST", "商户单号已存在，且请求参数与原单不一致")
NOT_ENOUGH = Refusal(403, "NOT_ENOUGH", "商户运营账户资金不足")
OTHER_NAME = Refusal(400, "INVALID_REQUEST", "收款用户姓名与openid不匹配")
IS_FINAL = Refusal(400, "INVALID_REQUEST", "当前单据状态不支持撤销")


class NewTransfer(Asked, frozen=True):
    """A transfer, in fen; `user_name` is hidden with a platform key."""

    appid: str
    out_bill_no: str
    openid: str
    transfer_amount: int
    transfer_remark: str
    transfer_scene_id: str
    transfer_scene_report_infos: list[Report]
    user_name: str | None = None
    notify_url: str | None = None
    user_recv_perception: str | None = None
    user_recv_style: Style | None = None


class Transfer(Struct, frozen=True):
    """A transfer as it is kept."""

    transfer_bill_no: str
    mchid: str
    appid: str
    out_bill_no: str
    openid: str
    person_id: int
    transfer_fen: int
    remark: str
    notify_url: str
    package_info: str
    asked: str
    state: str
    fail_reason: str
    is_hidden: bool
    made_at: datetime
    changed_at: datetime


class Begun(Answered, frozen=True):
    """A transfer that waits for its receiver."""

    out_bill_no: str
    transfer_bill_no: str
    create_time: str
    state: str
    package_info: str | None = None
    fail_reason: str | None = None


class ShownTransfer(Answered, frozen=True):
    """A transfer as it is shown, in fen."""

    mch_id: str
    out_bill_no: str
    transfer_bill_no: str
    appid: str
    state: str
    transfer_amount: int
    transfer_remark: str
    openid: str
    create_time: str
    update_time: str
    fail_reason: str | None = None


class Cancelled(Answered, frozen=True):
    """A transfer that is being taken back."""

    out_bill_no: str
    transfer_bill_no: str
    state: str
    update_time: str


sql = queries(__file__)
add_transfer = sql.one("add_transfer", Transfer)
transfer_by_number = sql.one("transfer_by_number", Transfer)
change_state = sql.many("change_state", Transfer)


@pay("POST", PATH)
async def begin(call: PayCall, asked: NewTransfer) -> Begun | Refusal:
    """Begin a transfer; the same number with the same words is the same transfer."""
    if refusal := _fault(call, asked):
        return refusal
    # A hidden name is other letters each time: it is compared with the receiver's, not with these.
    bare = msgspec.structs.replace(asked, user_name=None)
    mchid, whole = call.merchant.mchid, msgspec.json.encode(bare).decode()
    await lock_merchant(call.tx, mchid=mchid)
    known = await transfer_by_number(call.tx, mchid=mchid, out_bill_no=asked.out_bill_no, bill="")
    if known is not None:
        return _begun(known) if known.asked == whole else CHANGED
    person = await person_by_openid(call.tx, asked.appid, asked.openid)
    if person is None:
        return refusals.wrong_openid
    if refusal := _fault_of_name(call, asked, person.name):
        return refusal
    if await operation_fen(call.tx, mchid) < asked.transfer_amount:
        return NOT_ENOUGH
    is_hidden = call.world.faults.hit("transfer_unconfirmed", PATH) is not None
    made = await add_transfer(
        call.tx, transfer_bill_no=new_number("1330", call.now), mchid=mchid, appid=asked.appid,
        out_bill_no=asked.out_bill_no, openid=asked.openid, person_id=person.person_id,
        transfer_fen=asked.transfer_amount, remark=asked.transfer_remark,
        scene_id=asked.transfer_scene_id, notify_url=asked.notify_url or "",
        package_info=secrets.token_urlsafe(48), asked=whole, is_hidden=is_hidden,
    )  # fmt: skip
    assert made is not None, "it was inserted"
    await set_alarm(call.tx, LAPSE, made.transfer_bill_no, call.now + CONFIRM)
    return _begun(made)


@pay("GET", PATH + "/out-bill-no/{out_bill_no}")
async def query_by_own_number(call: PayCall) -> ShownTransfer | Refusal:
    """Show a transfer by the merchant's number."""
    return await _query(call, call.path["out_bill_no"], "")


@pay("GET", PATH + "/transfer-bill-no/{transfer_bill_no}")
async def query_by_number(call: PayCall) -> ShownTransfer | Refusal:
    """Show a transfer by WeChat's number."""
    return await _query(call, "", call.path["transfer_bill_no"])


@pay("POST", PATH + "/out-bill-no/{out_bill_no}/cancel")
async def cancel(call: PayCall) -> Cancelled | Refusal:
    """Take a transfer back that nobody confirmed; asked again, tell how far that is."""
    found = await transfer_by_number(
        call.tx, mchid=call.merchant.mchid, out_bill_no=call.path["out_bill_no"], bill=""
    )
    if found is None:
        return NO_TRANSFER
    if found.state == WAITING:
        number, states = found.transfer_bill_no, [WAITING]
        [found] = await change_state(
            call.tx, transfer_bill_no=number, states=states, state=CANCELING, fail_reason=""
        )
        await set_alarm(call.tx, CANCEL, number, call.now + CANCEL_TAKES)
    elif found.state not in {CANCELING, CANCELLED}:
        return IS_FINAL
    return Cancelled(
        found.out_bill_no, found.transfer_bill_no, found.state, shown(found.changed_at)
    )


@alarm(LAPSE)
async def lapse(world: World, tx: Tx, subject: str) -> None:
    """Give the money back when nobody confirmed within a day."""
    del world
    await end(tx, subject, [WAITING], FAILED, "OVERDUE_CLOSE")


@alarm(CANCEL)
async def end_cancelling(world: World, tx: Tx, subject: str) -> None:
    """Finish taking a transfer back."""
    del world
    await end(tx, subject, [CANCELING], CANCELLED, "")


class Told(Answered, frozen=True):
    """What the notification of a transfer says, in fen."""

    mch_id: str
    out_bill_no: str
    transfer_bill_no: str
    transfer_amount: int
    state: str
    openid: str
    create_time: str
    update_time: str
    fail_reason: str | None = None


async def end(tx: Tx, number: str, states: list[str], state: str, reason: str) -> bool:
    """End a transfer that is in one of these states, and tell of it; say whether it was."""
    ended = await change_state(
        tx, transfer_bill_no=number, states=states, state=state, fail_reason=reason
    )
    for each in ended:
        told = Told(
            each.mchid, each.out_bill_no, each.transfer_bill_no, each.transfer_fen, each.state,
            each.openid, shown(each.made_at), shown(each.changed_at), each.fail_reason or None,
        )  # fmt: skip
        await notify(
            tx, each.mchid, each.notify_url, "MCHTRANSFER.BILL.FINISHED", "mch_payment",
            "商家转账单据终态通知", told,
        )  # fmt: skip
    return bool(ended)


async def _query(call: PayCall, out_bill_no: str, bill: str) -> ShownTransfer | Refusal:
    mchid = call.merchant.mchid
    found = await transfer_by_number(call.tx, mchid=mchid, out_bill_no=out_bill_no, bill=bill)
    if found is None:
        return NO_TRANSFER
    return ShownTransfer(
        found.mchid, found.out_bill_no, found.transfer_bill_no, found.appid, found.state,
        found.transfer_fen, found.remark, found.openid, shown(found.made_at),
        shown(found.changed_at), found.fail_reason or None,
    )  # fmt: skip


def _begun(transfer: Transfer) -> Begun:
    package = transfer.package_info if transfer.state == WAITING else None
    return Begun(
        transfer.out_bill_no, transfer.transfer_bill_no, shown(transfer.made_at), transfer.state,
        package, transfer.fail_reason or None,
    )  # fmt: skip


def _fault(call: PayCall, asked: NewTransfer) -> Refusal | None:
    """Find the first thing that is wrong with a transfer."""
    checks = (
        (bool(NUMBER.fullmatch(asked.out_bill_no)), "/out_bill_no", "只能由1-32位数字、字母组成"),
        (FEN_MIN <= asked.transfer_amount <= FEN_MAX, "/transfer_amount", "转账金额超出限制"),
        (1 <= len(asked.transfer_remark) <= REMARK_MAX, "/transfer_remark", "长度为1-32"),
        (
            not asked.notify_url or not fault_of_address(asked.notify_url),
            "/notify_url", "通知地址必须是完整地址，且不能携带参数",
        ),
    )  # fmt: skip
    if (asked.appid, call.merchant.mchid) not in call.world.bindings:
        return refusals.not_bound
    bad = (bad_parameter(field, why) for is_good, field, why in checks if not is_good)
    return next(bad, None) or fault_of_scene(
        asked.transfer_scene_id, asked.transfer_scene_report_infos, asked.user_recv_perception
    )


def _fault_of_name(call: PayCall, asked: NewTransfer, name: str) -> Refusal | None:
    if asked.user_name is None:
        is_needed = asked.transfer_amount >= NAMED_FEN_MIN
        return bad_parameter("/user_name", "转账金额达到2000元时必填") if is_needed else None
    serial = call.headers.get("wechatpay-serial", "")
    revealed = call.world.keys.reveal(serial, asked.user_name)
    if revealed is None:
        return refusals.not_revealed("/user_name")
    return None if revealed == name else OTHER_NAME
