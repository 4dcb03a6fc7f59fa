"""What a mini program may ask about the shipping of its orders, and the few things it may set."""

from datetime import UTC, datetime, timedelta

from msgspec import Struct

from jishi.kernel import queries
from jishi.sandbox.answers import Answered, Errcode, Lenient
from jishi.sandbox.calls import OfficialCall
from jishi.sandbox.official.chat import SYSTEM, Content, Field, say
from jishi.sandbox.official.rights import mini
from jishi.sandbox.program.shipping_rules import COURIER, Contact
from jishi.sandbox.program.shipping_store import (
    Paid,
    mark_reminded,
    paid_order,
    paid_orders,
)

NO_ORDER, UNSHIPPABLE, BAD_PARAMETER = 10060001, 10060004, 10060014
PAGE_OTHERWISE, PAGE_MAX, PATH_MAX, SECONDS_MAX = 100, 200, 1024, 2**33
DESCRIPTION_MAX = 120
SPECIAL = {1, 2}


class ByOrder(Lenient, frozen=True):
    """An order, by WeChat's number or by the merchant's."""

    transaction_id: str = ""
    merchant_id: str = ""
    sub_merchant_id: str = ""
    merchant_trade_no: str = ""
    received_time: int = 0


class Range(Lenient, frozen=True):
    """From a second to another."""

    begin_time: int = 0
    end_time: int = 0


class AskOrders(Lenient, frozen=True):
    """Ask for a page of orders."""

    pay_time_range: Range | None = None
    order_state: int = 0
    openid: str = ""
    last_index: str = ""
    page_size: int = PAGE_OTHERWISE


class Path(Lenient, frozen=True):
    """Where the messages about shipping lead."""

    path: str = ""


class ByApp(Lenient, frozen=True):
    """A mini program, by its id."""

    appid: str = ""


class Special(Lenient, frozen=True):
    """An order that is shipped late (1) or after testing (2)."""

    order_id: str = ""
    type: int = 0
    delay_to: int = 0


class ParcelTold(Answered, frozen=True):
    """A parcel as it is told."""

    goods_desc: str
    upload_time: int
    tracking_no: str = ""
    express_company: str = ""
    contact: Contact | None = None


class ShippingTold(Struct, frozen=True):
    """The shipping as it is told."""

    delivery_mode: int
    logistics_type: int
    finish_shipping: bool
    finish_shipping_count: int
    goods_desc: str
    shipping_list: list[ParcelTold]


class OrderTold(Answered, frozen=True):
    """An order as it is told; money in fen (CNY)."""

    transaction_id: str
    merchant_id: str
    sub_merchant_id: str
    merchant_trade_no: str
    description: str
    paid_amount: int
    openid: str
    trade_create_time: int
    pay_time: int
    order_state: int
    in_complaint: bool
    shipping: ShippingTold | None = None


class OneOrder(Struct, frozen=True):
    """An order."""

    errcode: int
    errmsg: str
    order: OrderTold


class Orders(Struct, frozen=True):
    """A page of orders."""

    errcode: int
    errmsg: str
    last_index: str
    has_more: bool
    order_list: list[OrderTold]


class Managed(Struct, frozen=True):
    """Whether shipping is managed: in the sandbox it always is."""

    errcode: int
    errmsg: str
    is_trade_managed: bool


class Completed(Struct, frozen=True):
    """Whether the settlement was agreed to."""

    errcode: int
    errmsg: str
    completed: bool


sql = queries(__file__)
put_path = sql.run("put_path")
path_of = sql.one("path_of", Path)


@mini("POST", "/wxa/sec/order/get_order")
async def tell(call: OfficialCall, asked: ByOrder) -> OneOrder | Errcode:
    """Show an order."""
    found = await _find(call, asked)
    return OneOrder(0, "ok", told(found, call.now)) if found else Errcode(NO_ORDER)


@mini("POST", "/wxa/sec/order/get_order_list")
async def list_page(call: OfficialCall, asked: AskOrders) -> Orders | Errcode:
    """List paid orders, the newest first."""
    if not 1 <= asked.page_size <= PAGE_MAX:
        return Errcode(BAD_PARAMETER)
    chosen = asked.pay_time_range or Range()
    begins_at = _at(chosen.begin_time)
    ends_at = _at(chosen.end_time) if chosen.end_time else call.now
    if begins_at is None or ends_at is None or begins_at > ends_at:
        return Errcode(BAD_PARAMETER)
    found = await paid_orders(
        call.tx, appid=call.account.appid, begins_at=begins_at, ends_at=ends_at,
        openid=asked.openid, before=asked.last_index, state=asked.order_state,
        page_max=asked.page_size + 1,
    )  # fmt: skip
    page = found[: asked.page_size]
    last = page[-1].transaction_id if page else ""
    lines = [told(each, call.now) for each in page]
    return Orders(0, "ok", last, len(found) > len(page), lines)


@mini("POST", "/wxa/sec/order/notify_confirm_receive")
async def remind(call: OfficialCall, asked: ByOrder) -> Errcode | None:
    """Ask the buyer, once, to confirm the receipt of what a courier brought."""
    found = await _find(call, asked)
    if found is None:
        return Errcode(NO_ORDER)
    is_courier = found.details is not None and found.details.logistics_type == COURIER
    if not (is_courier and found.has_ended) or found.received_at is not None:
        return Errcode(UNSHIPPABLE)
    first, last = int(found.paid_at.timestamp()), int(call.now.timestamp())
    if not first <= asked.received_time <= last or found.reminded_at is not None:
        return Errcode(BAD_PARAMETER)
    await mark_reminded(call.tx, transaction_id=found.transaction_id)
    way = await path_of(call.tx, appid=call.account.appid) or Path()
    content = Content(
        title="请确认收货", appid=call.account.appid, page=way.path,
        fields=[Field("订单号", found.out_trade_no)],
    )  # fmt: skip
    await say(call.tx, call.account.appid, found.person_id, SYSTEM, "shipping", content)
    return None


@mini("POST", "/wxa/sec/order/set_msg_jump_path")
async def set_path(call: OfficialCall, asked: Path) -> Errcode | None:
    """Say where the messages about shipping lead."""
    if not asked.path or len(asked.path) > PATH_MAX:
        return Errcode(BAD_PARAMETER)
    await put_path(call.tx, appid=call.account.appid, path=asked.path)
    return None


@mini("POST", "/wxa/sec/order/is_trade_managed")
async def is_managed(call: OfficialCall, asked: ByApp) -> Managed | Errcode:
    """Tell whether shipping is managed."""
    is_own = asked.appid == call.account.appid
    return Managed(0, "ok", is_trade_managed=True) if is_own else Errcode(BAD_PARAMETER)


@mini("POST", "/wxa/sec/order/is_trade_management_confirmation_completed")
async def is_completed(call: OfficialCall, asked: ByApp) -> Completed | Errcode:
    """Tell whether the settlement was agreed to."""
    is_own = asked.appid == call.account.appid
    return Completed(0, "ok", completed=True) if is_own else Errcode(BAD_PARAMETER)


@mini("POST", "/wxa/sec/order/opspecialorder")
async def note_special(call: OfficialCall, asked: Special) -> Errcode | None:
    """Take note that an order is shipped late."""
    found = await _find(call, ByOrder(transaction_id=asked.order_id))
    if found is None:
        return Errcode(NO_ORDER)
    until = _at(asked.delay_to)
    is_late = asked.type == min(SPECIAL)
    is_odd = asked.type not in SPECIAL or (is_late and (until is None or until <= call.now))
    return Errcode(BAD_PARAMETER) if is_odd else None


def told(order: Paid, now: datetime) -> OrderTold:
    """Show an order as the interface does."""
    return OrderTold(
        order.transaction_id, order.mchid, "", order.out_trade_no,
        order.description[:DESCRIPTION_MAX], order.total_fen, order.openid,
        int(order.made_at.timestamp()), int(order.paid_at.timestamp()), order.state(now),
        in_complaint=False, shipping=_shipping(order),
    )  # fmt: skip


def _shipping(order: Paid) -> ShippingTold | None:
    if order.details is None or order.uploaded_at is None:
        return None
    uploaded = int(order.uploaded_at.timestamp())
    parcels = [
        ParcelTold(each.item_desc, uploaded, each.tracking_no, each.express_company, each.contact)
        for each in order.details.shipping_list
    ]
    items = ";".join(each.goods_desc for each in parcels)[:DESCRIPTION_MAX]
    return ShippingTold(
        order.details.delivery_mode, order.details.logistics_type, order.has_ended,
        order.redone_count + int(order.has_ended), items, parcels,
    )  # fmt: skip


async def _find(call: OfficialCall, asked: ByOrder) -> Paid | None:
    return await paid_order(
        call.tx, appid=call.account.appid, transaction_id=asked.transaction_id,
        mchid=asked.merchant_id, out_trade_no=asked.merchant_trade_no,
    )  # fmt: skip


def _at(seconds: int) -> datetime | None:
    is_moment = 0 <= seconds < SECONDS_MAX
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds) if is_moment else None
