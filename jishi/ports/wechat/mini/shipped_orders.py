"""What WeChat knows of a trading mini program's orders: paid, shipped, confirmed, settled.

Source: mini programs, "Shipping information management".
"""

from datetime import datetime
from enum import IntEnum

from msgspec import Struct, field

from jishi.ports.wechat.mini.shipping import Contact, OrderKey, Way
from jishi.ports.wechat.official.account import Account
from jishi.ports.wechat.official.limits import within

PAGE_MAX = 100


class OrderState(IntEnum):
    """How an order stands."""

    TO_SHIP = 1
    SHIPPED = 2
    RECEIVED = 3
    DONE = 4
    REFUNDED = 5
    TO_SETTLE = 6


class ShippedParcel(Struct, frozen=True):
    """A parcel as WeChat keeps it."""

    description: str = field(default="", name="goods_desc")
    tracking_number: str = field(default="", name="tracking_no")
    carrier: str = field(default="", name="express_company")
    uploaded_at: datetime | None = field(default=None, name="upload_time")
    contact: Contact | None = None


class Shipping(Struct, frozen=True):
    """What was shipped, and how often that was said."""

    delivery_mode: int = 0
    way: Way | None = field(default=None, name="logistics_type")
    is_finished: bool = field(default=False, name="finish_shipping")
    times: int = field(default=0, name="finish_shipping_count")
    parcels: tuple[ShippedParcel, ...] = field(default=(), name="shipping_list")


class Order(Struct, frozen=True):
    """A paid order; moments in UTC."""

    transaction_id: str
    state: OrderState = field(name="order_state")
    mchid: str = field(default="", name="merchant_id")
    out_trade_no: str = field(default="", name="merchant_trade_no")
    description: str = ""
    paid_fen: int = field(default=0, name="paid_amount")
    openid: str = ""
    paid_at: datetime | None = field(default=None, name="pay_time")
    is_in_complaint: bool = field(default=False, name="in_complaint")
    shipping: Shipping = Shipping()


class Page(Struct, frozen=True):
    """Some orders; where there are more, ask on with `last_index`."""

    orders: tuple[Order, ...] = field(default=(), name="order_list")
    last_index: str = ""
    has_more: bool = False


class Search(Struct, frozen=True, kw_only=True):
    """Which orders: by state, by person, by the time of payment; all that are left out match."""

    state: OrderState | None = None
    openid: str = ""
    paid_from: datetime | None = None
    paid_until: datetime | None = None


class _Asked(Struct, frozen=True, omit_defaults=True, kw_only=True):
    transaction_id: str = ""
    merchant_id: str = ""
    merchant_trade_no: str = ""


class _Span(Struct, frozen=True, omit_defaults=True, kw_only=True):
    begin_time: int = 0
    end_time: int = 0


class _Searched(Struct, frozen=True, omit_defaults=True, kw_only=True):
    pay_time_range: _Span | None = None
    order_state: int = 0
    openid: str = ""
    last_index: str = ""
    page_size: int


class _Found(Struct, frozen=True):
    order: Order


async def one(account: Account, order_key: OrderKey) -> Order:
    """Tell of one order. ErrcodeAnswered: 10060001 no such order."""
    body = _Asked(
        transaction_id=order_key.transaction_id, merchant_id=order_key.mchid,
        merchant_trade_no=order_key.out_trade_no,
    )  # fmt: skip
    path = "/wxa/sec/order/get_order"
    return (await account.post(path, body, _Found, is_repeatable=True)).order


async def page(account: Account, search: Search, *, after: str = "", size: int = PAGE_MAX) -> Page:
    """List up to 100 orders, from behind a page's `last_index`."""
    within("size", size, PAGE_MAX, 1)
    begins, ends = _seconds(search.paid_from), _seconds(search.paid_until)
    span = _Span(begin_time=begins, end_time=ends) if begins or ends else None
    body = _Searched(
        pay_time_range=span, order_state=search.state or 0, openid=search.openid,
        last_index=after, page_size=size,
    )  # fmt: skip
    path = "/wxa/sec/order/get_order_list"
    return await account.post(path, body, Page, is_repeatable=True)


def _seconds(moment: datetime | None) -> int:
    return int(moment.timestamp()) if moment else 0
