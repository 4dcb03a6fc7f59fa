"""What is said in a template message: the lines of the template, filled in by what they are called.

Source: official accounts, "Template message interface" (what each kind of place may hold). The
account's own templates are used: which one by its title, each place by the name before it.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone

import msgspec

from jishi.ports.wechat.official.templates import Template, Value

PAID, SHIPPED, REFUNDED = "订单支付成功通知", "订单发货通知", "退款成功通知"
LIBRARY = {PAID: "43216", SHIPPED: "42984", REFUNDED: "47856"}
"""The titles of the templates, and where WeChat's library has them."""

SAME_CITY = "同城配送"
"""What stands where a carrier would."""

LINE = re.compile(
    r"^(?P<name>[^{}\n]+?)[:：]\s*\{\{\s*(?P<field>\w+)\.DATA\s*\}\}\s*$", re.MULTILINE
)
THING_CHARACTERS_MAX = 20
BEIJING = timezone(timedelta(hours=8))
LATE = timedelta(minutes=30)
"""What could not be said for so long is not said any more: the order's page says it."""

FINAL = frozenset({40003, 40037, 43004, 43101, 47003, 48001})
"""Trying again helps nobody: no such person or template, he does not follow, it is not allowed."""


class Order(msgspec.Struct, frozen=True):
    """An order as it is told of: whose it is, how it is called, what it is about (total in fen)."""

    order_id: int
    buyer_id: int
    order_number: str
    order: str
    shop: str
    title: str
    total_fen: int


def chosen(templates: Sequence[Template], title: str) -> Template | None:
    """Give the account's template of this title, if it has one."""
    return next((each for each in templates if each.title == title), None)


def filled(content: str, said: Mapping[str, str]) -> dict[str, Value] | None:
    """Fill a template's places; none where it asks for what we do not say."""
    lines = list(LINE.finditer(content))
    if not lines or any(line["name"].strip() not in said for line in lines):
        return None
    return {line["field"]: Value(said[line["name"].strip()]) for line in lines}


def of_payment(order: Order, amount_fen: int, at: datetime) -> dict[str, str]:
    """Say that it is paid."""
    return {**named(order), "支付金额": yuan(amount_fen), "支付时间": moment(at)}


def of_parcel(order: Order, carrier: str, tracking_number: str) -> dict[str, str]:
    """Say that a parcel is on its way."""
    return {**named(order), "快递公司": thing(carrier), "快递单号": tracking_number[:32]}


def of_refund(order: Order, amount_fen: int, at: datetime) -> dict[str, str]:
    """Say that money is on its way back."""
    paid_back = {"退款金额": yuan(amount_fen), "退款时间": moment(at), "退款原因": "订单退款"}
    return {**named(order), **paid_back}


def named(order: Order) -> dict[str, str]:
    """Say which order it is."""
    return {"订单号": order.order_number, "商品名称": thing(order.title)}


def thing(words: str) -> str:
    """Cut words to what a place of that kind holds."""
    return words if len(words) <= THING_CHARACTERS_MAX else f"{words[: THING_CHARACTERS_MAX - 1]}…"


def yuan(fen: int) -> str:
    """Write fen as a place for amounts holds it."""
    return f"{fen // 100}.{fen % 100:02d}元"


def moment(at: datetime) -> str:
    """Write a moment in China's time."""
    there = at.astimezone(BEIJING)
    return f"{there.year}年{there.month}月{there.day}日 {there:%H:%M}"


def is_late(at: datetime, now: datetime) -> bool:
    """Tell whether this is no news any more."""
    return now - at > LATE
