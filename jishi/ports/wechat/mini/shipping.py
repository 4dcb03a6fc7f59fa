"""Shipping: a trading mini program's money stays frozen until WeChat is told what was shipped.

Source: mini programs, "Shipping information management". An order may be shipped again once, with
a later `uploaded_at`; parcels are split only by courier, into 15 at most.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import IntEnum

from msgspec import Struct, field

from jishi.ports.wechat.official.account import Account
from jishi.ports.wechat.official.answers import Done
from jishi.ports.wechat.official.limits import within

PARCELS_MAX = 15
DESCRIPTION_CHARACTERS_MAX = 120
BY_MERCHANT, BY_WECHAT = 1, 2


class Way(IntEnum):
    """How goods come to a person."""

    COURIER = 1
    SAME_CITY = 2
    VIRTUAL = 3
    PICKUP = 4


class Contact(Struct, frozen=True, omit_defaults=True):
    """The sender's or the receiver's phone number, masked: the last 4 digits plain. SF wants it."""

    sender: str = field(default="", name="consignor_contact")
    receiver: str = field(default="", name="receiver_contact")


class Parcel(Struct, frozen=True, omit_defaults=True):
    """A parcel: what is in it, in up to 120 characters; by courier its number and the carrier."""

    description: str = field(name="item_desc")
    tracking_number: str = field(default="", name="tracking_no")
    carrier: str = field(default="", name="express_company")
    contact: Contact | None = None


class OrderKey(Struct, frozen=True, omit_defaults=True):
    """Which payment: WeChat's number, or a merchant's own; see `by_wechat` and `by_merchant`."""

    order_number_type: int
    transaction_id: str = ""
    mchid: str = ""
    out_trade_no: str = ""


class Shipment(Struct, frozen=True, kw_only=True):
    """What was shipped for one payment; several parcels make it a split delivery."""

    order_key: OrderKey
    way: Way
    parcels: tuple[Parcel, ...]
    is_all: bool = True


class _Payer(Struct, frozen=True):
    openid: str


class _Part(Struct, frozen=True, omit_defaults=True, kw_only=True):
    order_key: OrderKey
    logistics_type: int
    delivery_mode: int
    is_all_delivered: bool | None = None
    shipping_list: tuple[Parcel, ...]


class _Uploading(_Part, frozen=True, kw_only=True):
    upload_time: str
    payer: _Payer


class _Combining(Struct, frozen=True, kw_only=True):
    order_key: OrderKey
    sub_orders: list[_Part]
    upload_time: str
    payer: _Payer


class _Received(Struct, frozen=True, omit_defaults=True, kw_only=True):
    transaction_id: str = ""
    merchant_id: str = ""
    merchant_trade_no: str = ""
    received_time: int


class _Path(Struct, frozen=True):
    path: str


class _Appid(Struct, frozen=True):
    appid: str


class _Managed(Struct, frozen=True):
    is_trade_managed: bool


class _Completed(Struct, frozen=True):
    completed: bool


class _Special(Struct, frozen=True, omit_defaults=True):
    order_id: str
    type: int
    delay_to: int = 0


def by_wechat(transaction_id: str) -> OrderKey:
    """Name a payment by WeChat's number."""
    return OrderKey(BY_WECHAT, transaction_id=transaction_id)


def by_merchant(mchid: str, out_trade_no: str) -> OrderKey:
    """Name a payment by the merchant's own number."""
    return OrderKey(BY_MERCHANT, mchid=mchid, out_trade_no=out_trade_no)


async def upload(
    account: Account, shipment: Shipment, *, openid: str, uploaded_at: datetime
) -> None:
    """Tell what was shipped to whom.

    ErrcodeAnswered: 10060001 no such order, 10060002 all of it is shipped already, 10060003 it was
    shipped again once, 10060004 it cannot be shipped, 268485216 bad time.
    """
    part = _part(shipment)
    body = _Uploading(
        order_key=part.order_key, logistics_type=part.logistics_type,
        delivery_mode=part.delivery_mode, is_all_delivered=part.is_all_delivered,
        shipping_list=part.shipping_list, upload_time=_rfc3339(uploaded_at),
        payer=_Payer(openid),
    )  # fmt: skip
    await account.post("/wxa/sec/order/upload_shipping_info", body, Done)


async def upload_combined(
    account: Account,
    order_key: OrderKey,
    shipments: Sequence[Shipment],
    *,
    openid: str,
    uploaded_at: datetime,
) -> None:
    """Tell what was shipped for the parts of a combined payment."""
    body = _Combining(
        order_key=order_key, sub_orders=[_part(each) for each in shipments],
        upload_time=_rfc3339(uploaded_at), payer=_Payer(openid),
    )  # fmt: skip
    await account.post("/wxa/sec/order/upload_combined_shipping_info", body, Done)


async def remind_of_receipt(account: Account, order_key: OrderKey, received_at: datetime) -> None:
    """Ask the person to confirm what the courier has delivered; once an order."""
    body = _Received(
        transaction_id=order_key.transaction_id, merchant_id=order_key.mchid,
        merchant_trade_no=order_key.out_trade_no, received_time=int(received_at.timestamp()),
    )  # fmt: skip
    await account.post("/wxa/sec/order/notify_confirm_receive", body, Done)


async def set_message_path(account: Account, path: str) -> None:
    """Choose the page that WeChat's messages about shipping open."""
    body = _Path(path)
    await account.post("/wxa/sec/order/set_msg_jump_path", body, Done, is_repeatable=True)


async def is_managed(account: Account) -> bool:
    """Tell whether the program's money is frozen until it ships."""
    path, body = "/wxa/sec/order/is_trade_managed", _Appid(account.credentials.appid)
    return (await account.post(path, body, _Managed, is_repeatable=True)).is_trade_managed


async def is_confirmed(account: Account) -> bool:
    """Tell whether all merchants of the program have agreed to that."""
    path = "/wxa/sec/order/is_trade_management_confirmation_completed"
    body = _Appid(account.credentials.appid)
    return (await account.post(path, body, _Completed, is_repeatable=True)).completed


async def report_presale(account: Account, order_id: str, ships_at: datetime) -> None:
    """Report an order that ships 15 to 330 days after its payment."""
    body = _Special(order_id, 1, int(ships_at.timestamp()))
    await account.post("/wxa/sec/order/opspecialorder", body, Done, is_repeatable=True)


async def report_test(account: Account, order_id: str) -> None:
    """Report an order that was a test and ships never."""
    path = "/wxa/sec/order/opspecialorder"
    await account.post(path, _Special(order_id, 2), Done, is_repeatable=True)


def _part(shipment: Shipment) -> _Part:
    is_split = len(shipment.parcels) > 1 or not shipment.is_all
    most = PARCELS_MAX if shipment.way is Way.COURIER else 1
    within("parcels", len(shipment.parcels), most, 1)
    for parcel in shipment.parcels:
        within("description", len(parcel.description), DESCRIPTION_CHARACTERS_MAX, 1)
    return _Part(
        order_key=shipment.order_key, logistics_type=shipment.way,
        delivery_mode=2 if is_split else 1,
        is_all_delivered=shipment.is_all if is_split else None, shipping_list=shipment.parcels,
    )  # fmt: skip


def _rfc3339(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
