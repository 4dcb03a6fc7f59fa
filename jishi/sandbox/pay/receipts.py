"""Receipts: what a merchant is told when it was paid, one notification for a whole combination.

Sources: WeChat Pay v3, "Payment success notification", "Combined payment notification".
"""

from collections.abc import Sequence

from msgspec import Struct

from jishi.kernel import Tx, queries
from jishi.sandbox.answers import Answered
from jishi.sandbox.pay.notifications import notify
from jishi.sandbox.pay.rules import shown
from jishi.sandbox.pay.types import Order, PaidAmount, Payer, Scene, Transaction

EVENT, KIND, SUMMARY = "TRANSACTION.SUCCESS", "transaction", "支付成功"


class Combination(Struct, frozen=True):
    """A combination as it is kept; `asked` is its request, `transaction_id` the number of all."""

    combined_id: int
    mchid: str
    appid: str
    out_trade_no: str
    prepay_id: str
    transaction_id: str
    notify_url: str
    device_id: str
    asked: str


class SubAmount(Struct, frozen=True):
    """What an order of a combination costs, in fen."""

    total_amount: int
    payer_amount: int
    currency: str = "CNY"
    payer_currency: str = "CNY"


class SubOrder(Answered, frozen=True):
    """An order of a combination as its merchants see it."""

    mchid: str
    out_trade_no: str
    trade_state: str
    amount: SubAmount
    trade_type: str | None = None
    bank_type: str | None = None
    attach: str | None = None
    success_time: str | None = None
    transaction_id: str | None = None


class CombinedTransaction(Answered, frozen=True):
    """A combination as a query and a notification show it."""

    combine_appid: str
    combine_mchid: str
    combine_out_trade_no: str
    combine_transaction_id: str
    sub_orders: list[SubOrder]
    scene_info: Scene | None = None
    combine_payer_info: Payer | None = None


sql = queries(__file__)
combination = sql.one("combination", Combination)


async def send(tx: Tx, bill: Sequence[Order], numbers: Sequence[str], openid: str) -> None:
    """Tell whoever asked for the payment; the orders are as they were before it."""
    if bill[0].combined_id is None:
        told = _single(bill[0], numbers[0], openid, shown(tx.now))
        await notify(tx, bill[0].mchid, bill[0].notify_url, EVENT, KIND, SUMMARY, told)
        return
    whole = await combination(tx, combined_id=bill[0].combined_id)
    assert whole is not None, "its orders name it"
    at = shown(tx.now)
    subs = [
        SubOrder(order.mchid, order.out_trade_no, "SUCCESS",
                 SubAmount(order.total_fen, order.total_fen), order.trade_type, order.bank_type,
                 order.attach, at, number)
        for order, number in zip(bill, numbers, strict=True)
    ]  # fmt: skip
    told_all = combined(whole, subs, openid)
    await notify(tx, whole.mchid, whole.notify_url, EVENT, KIND, SUMMARY, told_all)


def combined(whole: Combination, subs: list[SubOrder], openid: str) -> CombinedTransaction:
    """Write a combination down."""
    return CombinedTransaction(
        whole.appid, whole.mchid, whole.out_trade_no, whole.transaction_id, subs,
        Scene(whole.device_id) if whole.device_id else None, Payer(openid) if openid else None,
    )  # fmt: skip


def _single(order: Order, number: str, openid: str, at: str) -> Transaction:
    return Transaction(
        order.appid, order.mchid, order.out_trade_no, "SUCCESS", SUMMARY,
        PaidAmount(order.total_fen, order.total_fen), number, order.trade_type, order.bank_type,
        order.attach or None, at, Payer(openid),
        Scene(order.device_id) if order.device_id else None,
    )  # fmt: skip
