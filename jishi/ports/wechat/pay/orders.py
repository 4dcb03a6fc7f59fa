"""Orders: how one stands, and closing one that nobody paid.

Sources: WeChat Pay v3, "Query an order by WeChat Pay's number", "Query an order by the
merchant's number", "Close an order", "Notification of a payment" (which tells the same).
"""

from msgspec import Struct, field

from jishi.ports.wechat.pay.channel import target
from jishi.ports.wechat.pay.merchant import Merchant
from jishi.ports.wechat.pay.prepay import Payer
from jishi.ports.wechat.pay.wire import Moment, Told


class TransactionAmount(Told, frozen=True, kw_only=True):
    """What was asked and what the payer paid (coupons make the difference), in fen."""

    total_fen: int = field(name="total")
    payer_total_fen: int | None = field(default=None, name="payer_total")
    currency: str = "CNY"
    payer_currency: str = "CNY"


class Promotion(Told, frozen=True, kw_only=True):
    """A coupon that was used; amounts in fen."""

    coupon_id: str
    name: str = ""
    scope: str = ""
    type: str = ""
    amount_fen: int = field(name="amount")
    stock_id: str = ""
    wechatpay_contribute_fen: int = field(default=0, name="wechatpay_contribute")
    merchant_contribute_fen: int = field(default=0, name="merchant_contribute")
    other_contribute_fen: int = field(default=0, name="other_contribute")
    currency: str = "CNY"


class Transaction(Told, frozen=True, kw_only=True):
    """An order as WeChat sees it.

    `trade_state`: SUCCESS, REFUND, NOTPAY, CLOSED, REVOKED, USERPAYING or PAYERROR.
    """

    appid: str
    mchid: str
    out_trade_no: str
    trade_state: str
    trade_state_desc: str = ""
    transaction_id: str = ""
    trade_type: str = ""
    bank_type: str = ""
    attach: str = ""
    succeeded_at: Moment | None = field(default=None, name="success_time")
    payer: Payer | None = None
    amount: TransactionAmount | None = None
    promotion_detail: list[Promotion] = []


class _Closing(Struct, frozen=True):
    mchid: str


async def query_transaction(merchant: Merchant, transaction_id: str) -> Transaction:
    """Look an order up by WeChat Pay's number."""
    path = target("/v3/pay/transactions/id/{}", transaction_id, mchid=merchant.mchid)
    return await merchant.get(Transaction, path)


async def query_order(merchant: Merchant, out_trade_no: str) -> Transaction:
    """Look an order up by our number; ORDER_NOT_EXIST when nobody prepaid it."""
    path = target("/v3/pay/transactions/out-trade-no/{}", out_trade_no, mchid=merchant.mchid)
    return await merchant.get(Transaction, path)


async def close_order(merchant: Merchant, out_trade_no: str) -> None:
    """Close an order, so that nobody can pay it any more; ORDER_PAID when somebody did."""
    path = target("/v3/pay/transactions/out-trade-no/{}/close", out_trade_no)
    await merchant.tell(path, _Closing(merchant.mchid), is_repeatable=True)
