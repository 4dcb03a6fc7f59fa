"""What is asked of WeChat and what it says, in the words of money."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import NamedTuple, TypedDict

from msgspec import Struct

from jishi.money.types import Came
from jishi.ports.wechat.failures import AnsweredWithError
from jishi.ports.wechat.pay import prepay
from jishi.ports.wechat.pay.orders import Transaction


class PaySettings(Struct, frozen=True, kw_only=True):
    """Who is paid, with which keys, at which WeChat, and where it tells us.

    With `one_owner` the merchant is paid for every shop that has none of its own.
    """

    base_urls: tuple[str, ...]
    appid: str
    mchid: str
    serial: str
    private_pem: str
    apiv3_key: str
    public_key_id: str
    public_key_pem: str
    notify_url: str
    one_owner: bool = True

    def __repr__(self) -> str:
        return f"PaySettings(appid={self.appid!r}, mchid={self.mchid!r})"


Read = Callable[[], Awaitable[PaySettings | None]]
IsWaiting = Callable[[int, int], Awaitable[bool]]
"""Tells whether an attempt of a book is open, by what we know ourselves."""

PayerOpenid = Callable[[int], Awaitable[str]]
"""Gives a person's name at our account, by the person's id; empty when it has none."""

CLIENTS_MAX = 10_000


class NotSetUp(Exception):
    """Paying is not set up here; what waits for it waits on."""


class Wish(Struct, frozen=True, kw_only=True):
    """What is asked of WeChat for an attempt, and the way its payer would like.

    It is paid to the merchant that is named, or (when its event is older) to the shop's newest.
    """

    attempt_id: int
    payer_id: int
    way: str
    out_trade_no: str
    amount_fen: int
    description: str
    pay_until: datetime
    mchid: str = ""


class Back(NamedTuple):
    """What is asked of WeChat for a refund: our numbers, how much of how much, what for."""

    out_refund_no: str
    out_trade_no: str
    amount_fen: int
    paid_fen: int
    reason: str


ENDED = {"SUCCESS": "succeeded", "ABNORMAL": "abnormal", "CLOSED": "closed"}
SAID = {
    "after_sale": "售后退款", "late_payment": "订单已关闭，原路退回", "cancelled": "订单取消退款",
    "operator": "商家退款",
}  # fmt: skip
"""What the payer reads of a refund in WeChat."""


class Common(TypedDict):
    appid: str
    mchid: str
    description: str
    out_trade_no: str
    notify_url: str
    amount: prepay.OrderAmount
    expires_at: datetime


def code_of(failure: AnsweredWithError) -> str:
    """Give the code of an error; WeChat writes some with and some without underscores."""
    return failure.error.code.replace("_", "")


def came(told: Transaction) -> Came | None:
    """Give what came in by what WeChat told; none when nothing did."""
    if told.trade_state not in {"SUCCESS", "REFUND"} or told.amount is None:
        return None
    return Came(
        out_trade_no=told.out_trade_no,
        transaction_id=told.transaction_id,
        appid=told.appid,
        mchid=told.mchid,
        amount_fen=told.amount.total_fen,
        currency=told.amount.currency,
    )
