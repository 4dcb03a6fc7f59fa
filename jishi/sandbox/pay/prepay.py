"""Prepaying: an order is made known and gets what the payer's phone opens the cashier with.

Source: WeChat Pay v3, the pages of the JSAPI, Native, H5 and App orders.
"""

from datetime import timedelta

import msgspec
from msgspec import Struct

from jishi.kernel import queries
from jishi.sandbox.answers import Refusal, bad_parameter
from jishi.sandbox.calls import PayCall
from jishi.sandbox.cast import person_by_openid
from jishi.sandbox.doors import pay
from jishi.sandbox.pay import links, refusals, rules
from jishi.sandbox.pay.asked import (
    AnyPayer,
    AppOrder,
    H5Order,
    Identity,
    JsapiOrder,
    NativeOrder,
    NewOrder,
    OrderScene,
)
from jishi.sandbox.pay.combined_asked import CombinedPayer, CombinedScene
from jishi.sandbox.pay.orders import locked_order
from jishi.sandbox.pay.types import Order


class Prepaid(Struct, frozen=True):
    """What a page or an app opens the cashier with."""

    prepay_id: str


class Coded(Struct, frozen=True):
    """What a QR code says."""

    code_url: str


class Linked(Struct, frozen=True):
    """Where a browser goes."""

    h5_url: str


class Way(Struct, frozen=True):
    """How it is to be paid: of what type, where, by whom (empty for anybody), until when."""

    trade_type: str
    device_id: str | None
    identity: Identity | None = None
    openid: str = ""
    usable: timedelta = rules.USABLE


sql = queries(__file__)
add_order = sql.one("add_order", Prepaid)
renew = sql.run("renew")


@pay("POST", "/v3/pay/transactions/jsapi")
async def prepay_jsapi(call: PayCall, asked: JsapiOrder) -> Prepaid | Refusal:
    """Prepay for a page inside WeChat or a mini program."""
    payer, device = asked.payer, device_of(asked.scene_info)
    if not payer.openid:
        return refusals.openid_needed
    return await prepay(call, asked, Way("JSAPI", device, payer.identity, payer.openid))


@pay("POST", "/v3/pay/transactions/native")
async def prepay_native(call: PayCall, asked: NativeOrder) -> Coded | Refusal:
    """Prepay for whoever scans a code."""
    device = device_of(asked.scene_info)
    made = await prepay(call, asked, Way("NATIVE", device, identity_of(asked.payer)))
    return made if isinstance(made, Refusal) else Coded(links.code_url(made.prepay_id))


@pay("POST", "/v3/pay/transactions/h5")
async def prepay_h5(call: PayCall, asked: H5Order) -> Linked | Refusal:
    """Prepay for a browser outside WeChat; the link holds for five minutes."""
    identity, device = identity_of(asked.payer), asked.scene_info.device_id
    made = await prepay(call, asked, Way("MWEB", device, identity, usable=rules.H5_USABLE))
    if isinstance(made, Refusal):
        return made
    return Linked(links.h5_url(call.world.base_url, made.prepay_id))


@pay("POST", "/v3/pay/transactions/app")
async def prepay_app(call: PayCall, asked: AppOrder) -> Prepaid | Refusal:
    """Prepay for an app."""
    device = device_of(asked.scene_info)
    return await prepay(call, asked, Way("APP", device, identity_of(asked.payer)))


async def prepay(call: PayCall, asked: NewOrder, way: Way) -> Prepaid | Refusal:
    """Make the order known; asked again with the same words, give the same answer."""
    if refusal := hidden_fault(call, way.identity, "/payer/identity") or fault(call, asked):
        return refusal
    whole = msgspec.json.encode(asked).decode()
    expires = rules.moment(asked.time_expire) if asked.time_expire is not None else None
    made = await add_order(
        call.tx, mchid=asked.mchid, appid=asked.appid, out_trade_no=asked.out_trade_no,
        prepay_id=rules.new_prepay_id(call.now), trade_type=way.trade_type,
        description=asked.description, attach=asked.attach or "", total_fen=asked.amount.total,
        openid=way.openid, notify_url=asked.notify_url, device_id=way.device_id or "",
        bank_type=rules.bank_type(asked.limit_pay), asked=whole,
        is_sharing=bool(asked.settle_info and asked.settle_info.profit_sharing),
        usable_until=call.now + way.usable, expires_at=rules.expiry(expires, call.now),
    )  # fmt: skip
    return made or await prepay_again(call, asked, way, whole)


async def prepay_again(call: PayCall, asked: NewOrder, way: Way, whole: str) -> Prepaid | Refusal:
    """Answer an order that could not be made: its payer is unknown, or it is known itself."""
    if way.openid and await person_by_openid(call.tx, asked.appid, way.openid) is None:
        return refusals.wrong_openid
    known = await locked_order(call.tx, mchid=asked.mchid, out_trade_no=asked.out_trade_no)
    assert known is not None, "it was there a moment ago"
    is_same = (known.trade_type, known.asked) == (way.trade_type, whole)
    return await reenter(call, known, is_same=is_same, usable=way.usable)


async def reenter(
    call: PayCall, known: Order, *, is_same: bool, usable: timedelta
) -> Prepaid | Refusal:
    """Answer what is asked again: the same prepay_id, or its successor when it is too old."""
    if known.paid_at is not None:
        return refusals.paid_at_prepay
    if known.closed_at is not None:
        return refusals.order_closed
    if not is_same:
        return refusals.changed_reentry
    if known.expires_at <= call.now:
        return refusals.order_expired
    if known.usable_until > call.now:
        return Prepaid(known.prepay_id)
    fresh = rules.new_prepay_id(call.now)
    await renew(call.tx, known=known.prepay_id, prepay_id=fresh, usable_until=call.now + usable)
    return Prepaid(fresh)


def fault(call: PayCall, asked: NewOrder) -> Refusal | None:
    """Find the first thing that is wrong with an order."""
    if asked.mchid != call.merchant.mchid:
        return bad_parameter("/mchid", "mchid与签名的商户号不一致", value=asked.mchid)
    if (asked.appid, asked.mchid) not in call.world.bindings:
        return refusals.not_bound
    if words := rules.fault_of_address(asked.notify_url):
        return bad_parameter("/notify_url", words, value=asked.notify_url)
    if asked.time_expire is not None and rules.moment(asked.time_expire) is None:
        words = "time_expire不符合rfc3339标准格式"
        return bad_parameter("/time_expire", words, value=asked.time_expire)
    return None


def hidden_fault(call: PayCall, identity: Identity | None, field: str) -> Refusal | None:
    """See that the payer's identity was hidden with a key of WeChat's."""
    if identity is None:
        return None
    for name, hidden in (("number", identity.number), ("name", identity.name)):
        if revealed(call, hidden) is None:
            return refusals.not_revealed(f"{field}/{name}")
    return None


def revealed(call: PayCall, hidden: str) -> str | None:
    """Open a field that was hidden with the key that the request names; none if it stays shut."""
    return call.world.keys.reveal(call.headers.get("wechatpay-serial", ""), hidden)


def identity_of(payer: AnyPayer | CombinedPayer | None) -> Identity | None:
    """Give who alone may pay, if that was said."""
    return payer.identity if payer else None


def device_of(scene: OrderScene | CombinedScene | None) -> str | None:
    """Give the device at which it is bought, if that was said."""
    return scene.device_id if scene else None
