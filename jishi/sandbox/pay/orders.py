"""Orders that exist: how a merchant asks for them and closes them.

Source: WeChat Pay v3, "Query an order" by either number, "Close an order".
"""

from datetime import datetime

from jishi.kernel import queries
from jishi.sandbox.answers import Asked, Refusal, bad_parameter
from jishi.sandbox.calls import PayCall
from jishi.sandbox.doors import pay
from jishi.sandbox.pay import refusals, rules
from jishi.sandbox.pay.types import Order, PaidAmount, Payer, Scene, Transaction


class Whose(Asked, frozen=True):
    """Whose order is to be closed."""

    mchid: str


sql = queries(__file__)
order_by_number = sql.one("order_by_number", Order)
order_by_transaction = sql.one("order_by_transaction", Order)
locked_order = sql.one("locked_order", Order)
close_orders = sql.run("close_orders")


@pay("GET", "/v3/pay/transactions/id/{transaction_id}")
async def query_by_transaction(call: PayCall) -> Transaction | Refusal:
    """Show an order by WeChat's number; only a paid one has it."""
    if refusal := _not_own(call):
        return refusal
    mchid, number = call.merchant.mchid, call.path["transaction_id"]
    found = await order_by_transaction(call.tx, mchid=mchid, transaction_id=number)
    return shown(found, call.now) if found else refusals.no_order


@pay("GET", "/v3/pay/transactions/out-trade-no/{out_trade_no}")
async def query_by_number(call: PayCall) -> Transaction | Refusal:
    """Show an order by the merchant's number."""
    if refusal := _not_own(call):
        return refusal
    mchid, number = call.merchant.mchid, call.path["out_trade_no"]
    found = await order_by_number(call.tx, mchid=mchid, out_trade_no=number)
    return shown(found, call.now) if found else refusals.no_order


@pay("POST", "/v3/pay/transactions/out-trade-no/{out_trade_no}/close")
async def close(call: PayCall, asked: Whose) -> Refusal | None:
    """Close an order that nobody shall pay any more; closing twice is closing once."""
    if asked.mchid != call.merchant.mchid:
        return bad_parameter("/mchid", "mchid与签名的商户号不一致", value=asked.mchid)
    number = call.path["out_trade_no"]
    found = await locked_order(call.tx, mchid=asked.mchid, out_trade_no=number)
    if found is None:
        return refusals.no_order
    if found.combined_id is not None:
        return refusals.combined_elsewhere
    return await shut(call, found)


async def shut(call: PayCall, order: Order) -> Refusal | None:
    """Close what is locked already: an order, or with one of them all orders of a combination."""
    if order.paid_at is not None:
        return refusals.paid_at_close
    if order.closed_at is not None:
        return None
    if call.now > order.made_at + rules.CLOSABLE:
        return refusals.cannot_close
    await close_orders(call.tx, prepay_id=order.prepay_id)
    return None


def shown(order: Order, now: datetime) -> Transaction:
    """Write an order as its merchant sees it; attach and payer only once it is paid."""
    state = rules.trade_state(order, now)
    amount = PaidAmount(order.total_fen, order.total_fen)
    scene = Scene(order.device_id) if order.device_id else None
    words = rules.STATES[state]
    if order.paid_at is None:
        return Transaction(
            order.appid, order.mchid, order.out_trade_no, state, words, amount, scene_info=scene
        )
    return Transaction(
        order.appid, order.mchid, order.out_trade_no, state, words, amount, order.transaction_id,
        order.trade_type, order.bank_type, order.attach or None, rules.shown(order.paid_at),
        Payer(order.payer_openid), scene,
    )  # fmt: skip


def _not_own(call: PayCall) -> Refusal | None:
    asked = call.query.get("mchid", "")
    if asked == call.merchant.mchid:
        return None
    words = "mchid与签名的商户号不一致" if asked else "必填参数缺失"
    return bad_parameter("/mchid", words, location="query", value=asked)
