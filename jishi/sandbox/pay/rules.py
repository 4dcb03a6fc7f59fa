"""The rules of orders and refunds, as WeChat Pay's pages state them; all pure.

Sources: WeChat Pay v3, "JSAPI order" (time_expire, notify_url), "Query by merchant order number"
(trade states), "Request a refund".
"""

import re
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta, timezone
from urllib.parse import urlsplit

from jishi.sandbox.pay.types import Order

BEIJING = timezone(timedelta(hours=8))
LIFE, LIFE_MIN, LIFE_MAX = timedelta(days=7), timedelta(minutes=1), timedelta(days=90)
USABLE, H5_USABLE = timedelta(hours=2), timedelta(minutes=5)
CLOSABLE = timedelta(days=7)
TYPING = timedelta(minutes=1)
"""So long after a wrong password an order counts as being paid."""

REFUNDABLE = timedelta(days=365)
REFUNDS_MAX = 50
TOTAL_FEN_MAX = 1_000_000_000
"""An order costs ten million yuan at most."""

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)", re.ASCII)
STATES = {
    "SUCCESS": "支付成功",
    "REFUND": "订单发生过退款，退款详情请查询退款单",
    "NOTPAY": "订单未支付",
    "CLOSED": "订单已关闭",
    "USERPAYING": "用户支付中，需要输入密码",
    "PAYERROR": "支付失败，请重新下单支付",
}
"""Each trade state and its words."""


def trade_state(order: Order, now: datetime) -> str:
    """Give the state that a query shows."""
    if order.paid_at is not None:
        return "REFUND" if order.refunded_fen else "SUCCESS"
    if order.closed_at is not None:
        return "CLOSED"
    if order.tried_at is None or (order.tried == "USERPAYING" and now > order.tried_at + TYPING):
        return "NOTPAY"
    return order.tried


def fault_of_address(url: str) -> str:
    """Say what is wrong with a notification's address, if something is."""
    try:
        parts = urlsplit(url)
        is_whole = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        is_whole = False
    if not is_whole:
        return "通知地址必须是以http(s)://开头的完整地址"
    if "?" in url or "#" in url:
        return "通知地址不能携带参数"
    return ""


def moment(text: str) -> datetime | None:
    """Read a moment as RFC 3339 writes it; none when it is not written so."""
    if not MOMENT.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def expiry(asked: datetime | None, now: datetime) -> datetime:
    """Give until when an order may be paid: as asked, between a minute and ninety days."""
    if asked is None:
        return now + LIFE
    return min(max(asked, now + LIFE_MIN), now + LIFE_MAX)


def bank_type(limits: Collection[str]) -> str:
    """Give what an order is paid from: the balance, unless the merchant does not want it."""
    if "no_balance" not in limits:
        return "OTHERS"
    return "CMB_CREDIT" if "no_debit" in limits else "CMB_DEBIT"


def received_by(order: Order) -> str:
    """Name the account that a refund of this order goes back to."""
    cards = {"CMB_DEBIT": "招商银行借记卡2026", "CMB_CREDIT": "招商银行信用卡2026"}
    return cards.get(order.bank_type, "支付用户零钱")


def shown(at: datetime) -> str:
    """Write a moment as WeChat does, in Beijing's time."""
    return at.astimezone(BEIJING).isoformat(timespec="seconds")


def new_prepay_id(now: datetime) -> str:
    """Give a new prepay_id: its moment and twenty hexadecimal digits."""
    return f"wx{now.astimezone(BEIJING):%Y%m%d%H%M%S}{secrets.token_hex(10)}"


def new_transaction_id(now: datetime) -> str:
    """Give a new number of a payment: 28 digits, its day among them."""
    digits = _digits(16)
    return f"4200{digits[:6]}{now.astimezone(BEIJING):%Y%m%d}{digits[6:]}"


def new_refund_id(now: datetime) -> str:
    """Give a new number of a refund: 29 digits, its day among them."""
    digits = _digits(19)
    return f"50{digits[:8]}{now.astimezone(BEIJING):%Y%m%d}{digits[8:]}"


def _digits(count: int) -> str:
    return str(secrets.randbelow(10**count)).zfill(count)
