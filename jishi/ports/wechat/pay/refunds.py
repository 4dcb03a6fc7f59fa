"""Refunds: money back to who paid, on the way it came.

Sources: WeChat Pay v3, "Apply for a refund", "Query a refund", "Apply for an abnormal refund".
A refund that failed is asked again under the same `out_refund_no`, never under a new one.
"""

from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from jishi.ports.wechat.pay.channel import target
from jishi.ports.wechat.pay.merchant import Merchant
from jishi.ports.wechat.pay.wire import Asked, Moment, Told
from jishi.ports.wechat.sealing import hide


class RefundSource(Struct, frozen=True):
    """Which of our purses gives how many fen."""

    account: Literal["AVAILABLE", "UNAVAILABLE"]
    amount_fen: int = field(name="amount")


class RefundAsked(Asked, frozen=True, kw_only=True):
    """How much of how much goes back, in fen."""

    refund_fen: int = field(name="refund")
    total_fen: int = field(name="total")
    # Always written: WeChat requires it here, though there is but one.
    currency: Literal["CNY"]
    sources: list[RefundSource] | None = field(default=None, name="from")


class RefundGoods(Asked, frozen=True, kw_only=True):
    """The goods that come back; amounts in fen."""

    merchant_goods_id: str
    wechatpay_goods_id: str | None = None
    goods_name: str | None = None
    unit_price_fen: int = field(name="unit_price")
    refund_fen: int = field(name="refund_amount")
    quantity: int = field(name="refund_quantity")


class RefundOrder(Asked, frozen=True, kw_only=True):
    """A refund; the order is named by `transaction_id` or by `out_trade_no`."""

    out_refund_no: str
    amount: RefundAsked
    transaction_id: str | None = None
    out_trade_no: str | None = None
    reason: str | None = None
    notify_url: str | None = None
    funds_account: Literal["AVAILABLE", "UNSETTLED"] | None = None
    goods_detail: list[RefundGoods] | None = None


class AbnormalRefund(Asked, frozen=True, kw_only=True):
    """What becomes of a refund that could not go back the way it came.

    `USER_BANK_CARD`: to the bank card given here, in clear; `MERCHANT_BANK_CARD`: to ours.
    """

    out_refund_no: str
    type: Literal["USER_BANK_CARD", "MERCHANT_BANK_CARD"]
    bank_type: str | None = None
    bank_account: str | None = None
    real_name: str | None = None


class RefundAmount(Told, frozen=True, kw_only=True):
    """What went back, in fen; the settled amounts are what coupons leave."""

    total_fen: int = field(name="total")
    refund_fen: int = field(name="refund")
    payer_total_fen: int = field(name="payer_total")
    payer_refund_fen: int = field(name="payer_refund")
    settlement_total_fen: int = field(default=0, name="settlement_total")
    settlement_refund_fen: int = field(default=0, name="settlement_refund")
    discount_refund_fen: int = field(default=0, name="discount_refund")
    currency: str = "CNY"


class Refund(Told, frozen=True, kw_only=True):
    """A refund as WeChat sees it; `status`: SUCCESS, CLOSED, PROCESSING or ABNORMAL."""

    refund_id: str
    out_refund_no: str
    transaction_id: str
    out_trade_no: str
    channel: str = ""
    user_received_account: str = ""
    status: str
    funds_account: str = ""
    created_at: Moment = field(name="create_time")
    succeeded_at: Moment | None = field(default=None, name="success_time")
    amount: RefundAmount


async def refund(merchant: Merchant, order: RefundOrder) -> Refund:
    """Ask for a refund; it is PROCESSING at first."""
    path = target("/v3/refund/domestic/refunds")
    return await merchant.post(Refund, path, order, is_repeatable=True)


async def query_refund(merchant: Merchant, out_refund_no: str) -> Refund:
    """Look a refund up by our number."""
    return await merchant.get(Refund, target("/v3/refund/domestic/refunds/{}", out_refund_no))


async def settle_abnormal_refund(
    merchant: Merchant, refund_id: str, asked: AbnormalRefund
) -> Refund:
    """Say what becomes of an ABNORMAL refund; card and name are hidden on the way."""
    path = target("/v3/refund/domestic/refunds/{}/apply-abnormal-refund", refund_id)
    if asked.bank_account is None and asked.real_name is None:
        return await merchant.post(Refund, path, asked, is_repeatable=True)
    key = await merchant.key_for_hiding()
    hidden = replace(
        asked,
        bank_account=asked.bank_account and hide(key.key, asked.bank_account),
        real_name=asked.real_name and hide(key.key, asked.real_name),
    )
    return await merchant.post(Refund, path, hidden, is_repeatable=True, serial=key.serial)
