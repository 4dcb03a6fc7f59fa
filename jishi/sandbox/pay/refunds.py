"""Refunds: how a merchant gives money back, and what becomes of it seconds later.

Source: WeChat Pay v3, "Request a refund", "Query a refund", "Refund notification". What a merchant
refunds in its console is told to the address set there; the sandbox's merchants have set none.
"""

from datetime import timedelta
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct, field

from jishi.kernel import Tx, queries
from jishi.sandbox.alarms import alarm, set_alarm
from jishi.sandbox.answers import Asked, Refusal, bad_parameter
from jishi.sandbox.calls import PayCall
from jishi.sandbox.doors import pay
from jishi.sandbox.pay import refusals, rules
from jishi.sandbox.pay.asked import Count, Fen, Id32, To32, To256, TotalFen
from jishi.sandbox.pay.notifications import notify
from jishi.sandbox.pay.types import (
    NotifiedRefund,
    NotifiedRefundAmount,
    Order,
    Refund,
    RefundAmount,
    ShownRefund,
    SourceAccount,
)
from jishi.sandbox.world import World

PATH = "/v3/refund/domestic/refunds"
TAKES = timedelta(seconds=3)
"""How long a refund is under way."""

SETTLE = "refund.settle"
ENDS = {"SUCCESS": "退款成功", "ABNORMAL": "退款异常", "CLOSED": "退款关闭"}


class Source(Asked, frozen=True):
    """An account that pays a part of it, in fen."""

    account: Literal["AVAILABLE", "UNAVAILABLE"]
    amount: TotalFen


class AskedAmount(Asked, frozen=True, kw_only=True):
    """How much of how much, in fen."""

    refund: TotalFen
    total: TotalFen
    currency: Literal["CNY"]
    sources: list[Source] = field(name="from", default_factory=list)


class ReturnedGoods(Asked, frozen=True, kw_only=True):
    """Goods that come back; money in fen."""

    merchant_goods_id: Id32
    wechatpay_goods_id: To32 | None = None
    goods_name: To256 | None = None
    unit_price: Fen
    refund_amount: Fen
    refund_quantity: Count


class NewRefund(Asked, frozen=True, kw_only=True):
    """A refund to be made of an order, named by WeChat's number or the merchant's."""

    out_refund_no: Annotated[str, Meta(pattern=r"^[0-9A-Za-z_\-|*@]{1,64}\Z")]
    amount: AskedAmount
    transaction_id: Id32 | None = None
    out_trade_no: Id32 | None = None
    reason: Annotated[str, Meta(max_length=80)] | None = None
    notify_url: To256 | None = None
    funds_account: Literal["AVAILABLE", "UNSETTLED"] | None = None
    goods_detail: list[ReturnedGoods] | None = None


class Plan(Struct, frozen=True, kw_only=True):
    """A refund to be begun, in fen; `asked` is the request that it may be known again by."""

    out_refund_no: str
    refund_fen: int
    reason: str
    notify_url: str = ""
    funds_account: str = "UNSETTLED"
    asked: str = ""


sql = queries(__file__)
order_to_refund = sql.one("order_to_refund", Order)
order_by_id = sql.one("order_by_id", Order)
refund_by_number = sql.one("refund_by_number", Refund)
refund_by_id = sql.one("refund_by_id", Refund)
add_refund = sql.one("add_refund", Refund)
end_refund = sql.one("end_refund", Refund)


@pay("POST", PATH)
async def ask_refund(call: PayCall, asked: NewRefund) -> ShownRefund | Refusal:
    """Take a refund on; the same number with the same words is the same refund."""
    if refusal := fault(asked):
        return refusal
    mchid, tx = call.merchant.mchid, call.tx
    order = await order_to_refund(
        tx, mchid=mchid, transaction_id=asked.transaction_id, out_trade_no=asked.out_trade_no
    )
    if order is None:
        return refusals.no_paid_order
    whole = msgspec.json.encode(asked).decode()
    known = await refund_by_number(tx, mchid=mchid, out_refund_no=asked.out_refund_no)
    if known is not None:
        is_same = known.asked == whole and known.order_id == order.order_id
        return shown(known, order) if is_same else refusals.changed_refund
    if asked.amount.total != order.total_fen:
        return refusals.other_total
    plan = Plan(
        out_refund_no=asked.out_refund_no, refund_fen=asked.amount.refund,
        reason=asked.reason or "", notify_url=asked.notify_url or "",
        funds_account=asked.funds_account or "UNSETTLED", asked=whole,
    )  # fmt: skip
    made = await begin(tx, order, plan)
    return made if isinstance(made, Refusal) else shown(made, order)


@pay("GET", PATH + "/{out_refund_no}")
async def query_refund(call: PayCall) -> ShownRefund | Refusal:
    """Show a refund."""
    mchid, number = call.merchant.mchid, call.path["out_refund_no"]
    found = await refund_by_number(call.tx, mchid=mchid, out_refund_no=number)
    if found is None:
        return refusals.no_refund
    order = await order_by_id(call.tx, order_id=found.order_id)
    assert order is not None, "the refund names it"
    return shown(found, order)


async def refund_order(tx: Tx, mchid: str, transaction_id: str, plan: Plan) -> Refund | Refusal:
    """Refund without a signed request, as a merchant does in its console."""
    order = await order_to_refund(tx, mchid=mchid, transaction_id=transaction_id, out_trade_no=None)
    return refusals.no_paid_order if order is None else await begin(tx, order, plan)


async def begin(tx: Tx, order: Order, plan: Plan) -> Refund | Refusal:
    """Begin to give back a part of an order that is locked already."""
    assert order.paid_at is not None, "only what was paid can be given back"
    if tx.now > order.paid_at + rules.REFUNDABLE:
        return refusals.too_late_to_refund
    if order.refunds >= rules.REFUNDS_MAX:
        return refusals.too_many_refunds
    if plan.refund_fen < 1 or order.refunded_fen + plan.refund_fen > order.total_fen:
        return refusals.too_much_refunded
    made = await add_refund(
        tx, refund_id=rules.new_refund_id(tx.now), mchid=order.mchid, order_id=order.order_id,
        received_by=rules.received_by(order), **msgspec.structs.asdict(plan),
    )  # fmt: skip
    if made is None:
        return refusals.changed_refund
    await set_alarm(tx, SETTLE, made.refund_id, tx.now + TAKES)
    return made


@alarm(SETTLE)
async def settle(world: World, tx: Tx, subject: str) -> None:
    """End a refund: the money is back, or it is not and the merchant is told."""
    status = "SUCCESS"
    if fault := world.faults.hit("refund_abnormal", PATH):
        status = "CLOSED" if fault.settings.get("status") == "CLOSED" else "ABNORMAL"
    ended = await end_refund(tx, refund_id=subject, status=status)
    if ended is None:
        return
    order = await order_by_id(tx, order_id=ended.order_id)
    assert order is not None, "the refund names it"
    event, summary = f"REFUND.{status}", ENDS[status]
    await notify(
        tx, ended.mchid, ended.notify_url, event, "refund", summary, notified(ended, order)
    )


def fault(asked: NewRefund) -> Refusal | None:
    """Find the first thing that is wrong with the words of a refund."""
    if not asked.transaction_id and not asked.out_trade_no:
        return bad_parameter("/transaction_id", "transaction_id与out_trade_no必须二选一")
    if asked.notify_url and (words := rules.fault_of_address(asked.notify_url)):
        return bad_parameter("/notify_url", words, value=asked.notify_url)
    sources = asked.amount.sources
    if sources and sum(source.amount for source in sources) != asked.amount.refund:
        return bad_parameter("/amount/from", "出资金额之和与退款金额不一致")
    return None


def shown(refund: Refund, order: Order) -> ShownRefund:
    """Write a refund as its merchant sees it."""
    part, whole = refund.refund_fen, order.total_fen
    return ShownRefund(
        refund.refund_id, refund.out_refund_no, order.transaction_id or "", order.out_trade_no,
        refund.channel, refund.received_by, rules.shown(refund.made_at), refund.status,
        RefundAmount(
            total=whole, refund=part, payer_total=whole, payer_refund=part,
            settlement_refund=part, settlement_total=whole,
            sources=_sources(refund),
        ),
        refund.funds_account,
        rules.shown(refund.ended_at) if refund.ended_at and refund.status == "SUCCESS" else None,
    )  # fmt: skip


def notified(refund: Refund, order: Order) -> NotifiedRefund:
    """Write a refund as its notification tells it."""
    part, whole = refund.refund_fen, order.total_fen
    is_back = refund.ended_at and refund.status == "SUCCESS"
    return NotifiedRefund(
        refund.mchid, order.transaction_id or "", order.out_trade_no, refund.refund_id,
        refund.out_refund_no, refund.status, refund.received_by,
        NotifiedRefundAmount(whole, part, whole, part),
        rules.shown(refund.ended_at) if refund.ended_at and is_back else None,
    )  # fmt: skip


def _sources(refund: Refund) -> list[SourceAccount]:
    if not refund.asked:
        return []
    asked = msgspec.json.decode(refund.asked, type=NewRefund)
    return [SourceAccount(each.account, each.amount) for each in asked.amount.sources]
