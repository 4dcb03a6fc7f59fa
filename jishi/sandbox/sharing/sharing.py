"""Sharing: a payment's parts go to receivers, each with a result of its own."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from jishi.kernel import Tx, columns, queries
from jishi.sandbox.alarms import set_alarm
from jishi.sandbox.answers import Answered, Asked, Refusal, bad_parameter
from jishi.sandbox.calls import PayCall
from jishi.sandbox.doors import pay
from jishi.sandbox.pay import refusals
from jishi.sandbox.pay.rules import shown
from jishi.sandbox.sharing import rules
from jishi.sandbox.sharing.names import new_number
from jishi.sandbox.sharing.settling import SETTLE

NUMBER_MAX, WORDS_MAX = 64, 80
NO_SHARING = Refusal(404, "RESOURCE_NOT_EXISTS", "分账单不存在")
CHANGED = Refusal(400, "INVALID_REQUEST", "商户分账单号重复，且请求参数与之前不一致")
NOT_SHARED = Refusal(400, "INVALID_REQUEST", "非分账订单不支持分账")
TOO_EARLY = Refusal(400, "INVALID_REQUEST", "订单处理中，暂时无法分账，请稍后再试")
NOT_ENOUGH = Refusal(403, "NOT_ENOUGH", "分账金额不足")
OVER_LIMIT = Refusal(403, "RULE_LIMIT", "分账金额超出最大分账比例")
TOO_OFTEN = Refusal(403, "RULE_LIMIT", "该订单的分账次数已达上限")
NO_RELATION = Refusal(400, "INVALID_REQUEST", "分账接收方未添加，请先添加分账接收方")


class Share(Asked, frozen=True):
    """What one receiver gets, in fen."""

    type: str
    account: str
    amount: int
    description: str
    name: str | None = None


class NewSharing(Asked, frozen=True):
    """A request to share."""

    transaction_id: str
    out_order_no: str
    unfreeze_unsplit: bool
    appid: str | None = None
    receivers: list[Share] = []


class Sharing(Struct, frozen=True):
    """A sharing as it is kept."""

    order_id: str
    mchid: str
    transaction_id: str
    out_order_no: str
    asked: str
    is_unfreezing: bool
    made_at: datetime
    finished_at: datetime | None


class KeptShare(Struct, frozen=True):
    """A receiver's part as it is kept."""

    detail_id: str
    kind: str
    account: str
    share_fen: int
    description: str
    result: str
    fail_reason: str
    made_at: datetime
    finished_at: datetime | None


class ShownShare(Answered, frozen=True):
    """A receiver's part as it is shown, in fen."""

    amount: int
    description: str
    type: str
    account: str
    result: str
    create_time: str
    finish_time: str
    fail_reason: str | None = None
    detail_id: str | None = None


class ShownSharing(Answered, frozen=True):
    """A sharing as it is shown."""

    transaction_id: str
    out_order_no: str
    order_id: str
    state: str
    receivers: list[ShownShare]


class Receivable(Struct, frozen=True):
    """A receiver that is known."""

    kind: str
    account: str


sql = queries(__file__)
lock_number = sql.run("lock_number")
lock_payment = sql.run("lock_payment")
pot_of = sql.one("pot_of", rules.Pot)
sharing_by_number = sql.one("sharing_by_number", Sharing)
shares_of = sql.many("shares_of", KeptShare)
receivable = sql.many("receivable", Receivable)
add_sharing = sql.run("add_sharing")
add_shares = sql.run("add_shares")


@pay("POST", "/v3/profitsharing/orders")
async def share(call: PayCall, asked: NewSharing) -> ShownSharing | Refusal:
    """Take a sharing on; the same number with the same words is the same sharing."""
    if refusal := _fault(call, asked):
        return refusal
    pot = await locked_pot(call, asked.transaction_id, asked.out_order_no)
    if pot is None:
        return refusals.no_paid_order
    # A hidden name is other letters each time, so it is not compared.
    bare = [msgspec.structs.replace(each, name=None) for each in asked.receivers]
    whole = msgspec.json.encode(msgspec.structs.replace(asked, receivers=bare)).decode()
    if known := await find(call, asked.out_order_no):
        return await show(call.tx, known) if known.asked == whole else CHANGED
    if refusal := _limit(pot, asked, call.now) or await _strangers(call, asked):
        return refusal
    made = Sharing(
        new_number("3008", call.now), call.merchant.mchid, pot.transaction_id, asked.out_order_no,
        whole, not asked.receivers, call.now, None,
    )  # fmt: skip
    await begin(call.tx, made, asked.receivers, is_unfreezing_rest=asked.unfreeze_unsplit)
    return await show(call.tx, made)


@pay("GET", "/v3/profitsharing/orders/{out_order_no}")
async def query_sharing(call: PayCall) -> ShownSharing | Refusal:
    """Show a sharing; FINISHED says only that each receiver has its result."""
    found = await find(call, call.path["out_order_no"])
    if found is None or found.transaction_id != call.query.get("transaction_id"):
        return NO_SHARING
    return await show(call.tx, found)


class Unsplit(Struct, frozen=True):
    """What is still held back, in fen."""

    transaction_id: str
    unsplit_amount: int


@pay("GET", "/v3/profitsharing/transactions/{transaction_id}/amounts")
async def query_unsplit(call: PayCall) -> Unsplit | Refusal:
    """Show what is still held back of a payment."""
    number = call.path["transaction_id"]
    pot = await pot_of(call.tx, mchid=call.merchant.mchid, transaction_id=number)
    return Unsplit(number, rules.left_fen(pot, call.now)) if pot else refusals.no_paid_order


async def locked_pot(call: PayCall, transaction_id: str, out_order_no: str) -> rules.Pot | None:
    """Find a payment that nobody else shares or unfreezes meanwhile, nor uses the number."""
    await lock_number(call.tx, mchid=call.merchant.mchid, out_order_no=out_order_no)
    which = {"mchid": call.merchant.mchid, "transaction_id": transaction_id}
    await lock_payment(call.tx, **which)
    return await pot_of(call.tx, **which)


async def find(call: PayCall, out_order_no: str) -> Sharing | None:
    """Find a merchant's sharing by its own number."""
    return await sharing_by_number(call.tx, mchid=call.merchant.mchid, out_order_no=out_order_no)


async def begin(
    tx: Tx, made: Sharing, shares: Sequence[Share], *, is_unfreezing_rest: bool
) -> None:
    """Write a sharing down; it is done seconds later."""
    await add_sharing(
        tx, order_id=made.order_id, mchid=made.mchid, transaction_id=made.transaction_id,
        out_order_no=made.out_order_no, asked=made.asked, is_unfreezing=made.is_unfreezing,
        is_unfreezing_rest=is_unfreezing_rest,
    )  # fmt: skip
    rows = [
        (new_number("3601", tx.now), each.type, each.account, each.amount, each.description)
        for each in shares
    ]
    names = ("detail_ids", "kinds", "accounts", "share_fens", "descriptions")
    await add_shares(tx, order_id=made.order_id, **columns(rows, *names))
    await set_alarm(tx, SETTLE, made.order_id, tx.now + rules.TAKES)


async def show(tx: Tx, sharing: Sharing) -> ShownSharing:
    """Show a sharing with its receivers."""
    rows = [
        ShownShare(
            each.share_fen, each.description, each.kind, each.account, each.result,
            shown(each.made_at), shown(each.finished_at or each.made_at),
            each.fail_reason or None, each.detail_id,
        )
        for each in await shares_of(tx, order_id=sharing.order_id)
    ]  # fmt: skip
    state = "FINISHED" if sharing.finished_at else "PROCESSING"
    return ShownSharing(sharing.transaction_id, sharing.out_order_no, sharing.order_id, state, rows)


def _fault(call: PayCall, asked: NewSharing) -> Refusal | None:
    if asked.appid is not None and (asked.appid, call.merchant.mchid) not in call.world.bindings:
        return refusals.not_bound
    if not 1 <= len(asked.out_order_no) <= NUMBER_MAX:
        return bad_parameter("/out_order_no", f"长度为1-{NUMBER_MAX}")
    if len(asked.receivers) > rules.RECEIVERS_MAX:
        return bad_parameter("/receivers", f"最多{rules.RECEIVERS_MAX}个分账接收方")
    if not asked.receivers and not asked.unfreeze_unsplit:
        return bad_parameter("/receivers", "分账接收方列表不能为空")
    faults = (_fault_of_share(call, place, each) for place, each in enumerate(asked.receivers))
    return next((fault for fault in faults if fault), None)


def _fault_of_share(call: PayCall, place: int, share: Share) -> Refusal | None:
    where = f"/receivers/{place}"
    if share.type not in {rules.MERCHANT, rules.PERSON}:
        return bad_parameter(f"{where}/type", "分账接收方类型不合法", value=share.type)
    if share.amount < 1:
        return bad_parameter(f"{where}/amount", "分账金额必须大于0", value=str(share.amount))
    if not 1 <= len(share.description) <= WORDS_MAX:
        return bad_parameter(f"{where}/description", f"长度为1-{WORDS_MAX}")
    serial = call.headers.get("wechatpay-serial", "")
    if share.name is not None and call.world.keys.reveal(serial, share.name) is None:
        return refusals.not_revealed(f"{where}/name")
    return None


def _limit(pot: rules.Pot, asked: NewSharing, now: datetime) -> Refusal | None:
    """Find the first limit that the sharing would break."""
    if not pot.is_sharing:
        return NOT_SHARED
    if now < pot.paid_at + rules.WAIT:
        return TOO_EARLY
    if pot.sharings >= rules.REQUESTS_MAX:
        return TOO_OFTEN
    wanted = sum(each.amount for each in asked.receivers)
    if wanted > rules.left_fen(pot, now):
        return NOT_ENOUGH
    return OVER_LIMIT if wanted > rules.share_fen_max(pot) else None


async def _strangers(call: PayCall, asked: NewSharing) -> Refusal | None:
    """Find a receiver that was never added."""
    wanted = {(each.type, each.account) for each in asked.receivers}
    known = await receivable(
        call.tx, mchid=call.merchant.mchid, **columns(list(wanted), "kinds", "accounts")
    )
    return None if len(known) == len(wanted) else NO_RELATION
