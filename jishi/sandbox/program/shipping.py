"""Shipping information of trading mini programs: uploaded once, corrected once, then received.

Source: mini programs, "Shipping information management". The money of an order is frozen until it
is shipped and received; what is not received by hand is received by itself after ten days.
"""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from jishi.kernel import Tx
from jishi.sandbox.alarms import alarm, set_alarm
from jishi.sandbox.answers import Errcode, Lenient
from jishi.sandbox.calls import OfficialCall
from jishi.sandbox.cast import Account, account_of
from jishi.sandbox.official.chat import SYSTEM, Content, Field, as_json, say
from jishi.sandbox.official.meeting import Undone
from jishi.sandbox.official.push import push_event
from jishi.sandbox.official.push_text import Fields
from jishi.sandbox.official.rights import mini
from jishi.sandbox.program.shipping_rules import (
    BAD_TIME,
    UNIFIED,
    Details,
    Parcel,
    moment,
    reason_against,
)
from jishi.sandbox.program.shipping_store import (
    RECEIVED_BY_ITSELF,
    SETTLED_AFTER,
    OrderKey,
    Paid,
    mark_received,
    paid_order,
    put_shipping,
)

if TYPE_CHECKING:
    from jishi.sandbox.world import World

RECEIVE_ALARM, SETTLE_ALARM = "shipping.receive", "shipping.settle"
NO_ORDER, DONE_OVER, UNSHIPPABLE, UNCHANGED, FOREIGN = (
    10060001, 10060003, 10060004, 10060023, 10060031,
)  # fmt: skip
NO_TRANSACTION, NO_MCHID, NO_NUMBER, BAD_KEY = 268485226, 268485227, 268485228, 10060014
REDONE_MAX = 1
BY_HAND, BY_ITSELF = 1, 2
BY_MERCHANT, BY_WECHAT = 1, 2


class Payer(Lenient, frozen=True):
    """Who paid."""

    openid: str


class SubOrder(Lenient, frozen=True):
    """One order of several that were paid together."""

    order_key: OrderKey
    logistics_type: int
    delivery_mode: int
    shipping_list: list[Parcel]
    is_all_delivered: bool | None = None


class Shipping(SubOrder, frozen=True, kw_only=True):
    """What is told of the shipping of an order."""

    upload_time: str
    payer: Payer


class CombinedShipping(Lenient, frozen=True):
    """What is told of the shipping of orders that were paid together."""

    sub_orders: list[SubOrder]
    upload_time: str
    payer: Payer
    order_key: OrderKey | None = None


class Received(Struct, frozen=True):
    """The buyer has it."""

    transaction_id: str


@mini("POST", "/wxa/sec/order/upload_shipping_info")
async def upload(call: OfficialCall, asked: Shipping) -> Errcode | None:
    """Take the shipping of an order."""
    return await _ship(call, asked, asked.upload_time, asked.payer)


@mini("POST", "/wxa/sec/order/upload_combined_shipping_info")
async def upload_combined(call: OfficialCall, asked: CombinedShipping) -> Errcode | None:
    """Take the shipping of orders that were paid together, all or none."""
    if not asked.sub_orders:
        return Errcode(BAD_KEY)
    for sub_order in asked.sub_orders:
        if refused := await _ship(call, sub_order, asked.upload_time, asked.payer):
            return refused
    return None


async def _ship(
    call: OfficialCall, asked: SubOrder, upload_time: str, payer: Payer
) -> Errcode | None:
    details = Details(asked.logistics_type, asked.delivery_mode, asked.shipping_list)
    if refused := reason_against_key(asked.order_key):
        return Errcode(refused)
    if refused := reason_against(details, is_all_delivered=asked.is_all_delivered):
        return Errcode(refused)
    uploaded_at = moment(upload_time)
    if uploaded_at is None:
        return Errcode(BAD_TIME)
    order = await find_order(call.tx, call.account.appid, asked.order_key)
    if refused := reason_against_order(order, payer.openid, uploaded_at, details):
        return Errcode(refused)
    assert order is not None
    has_ended = asked.delivery_mode == UNIFIED or bool(asked.is_all_delivered)
    redone = 1 if is_done_over(order, details) else 0
    await put_shipping(
        call.tx, transaction_id=order.transaction_id, appid=call.account.appid,
        person_id=order.person_id, details=as_json(details),
        has_ended=order.has_ended or has_ended, redone_count=order.redone_count + redone,
        uploaded_at=uploaded_at,
    )  # fmt: skip
    await _tell_buyer(call, order, details)
    if has_ended and not order.has_ended:
        due_at = call.now + RECEIVED_BY_ITSELF
        subject = f"{call.account.appid} {order.transaction_id}"
        await set_alarm(call.tx, RECEIVE_ALARM, subject, due_at)
        shipped: Fields = (
            ("shipped_time", _seconds(call.now)),
            ("estimated_settlement_time", _seconds(due_at + SETTLED_AFTER)),
        )
        await _tell_program(call.tx, call.account, order, "trade_manage_order_settlement", shipped)
    return None


def reason_against_key(key: OrderKey) -> int | None:
    """Give the number of the reason why no order can be named so, or none."""
    if key.order_number_type == BY_WECHAT:
        return None if key.transaction_id else NO_TRANSACTION
    if key.order_number_type != BY_MERCHANT:
        return BAD_KEY
    if not key.mchid:
        return NO_MCHID
    return None if key.out_trade_no else NO_NUMBER


def reason_against_order(
    order: Paid | None, openid: str, uploaded_at: datetime, details: Details
) -> int | None:
    """Give the number of the first reason why this order may not be shipped so, or none."""
    if order is None:
        return NO_ORDER
    if order.openid != openid:
        return FOREIGN
    if order.received_at is not None or order.refunded_fen >= order.total_fen:
        return UNSHIPPABLE
    if order.uploaded_at is not None and uploaded_at <= order.uploaded_at:
        return UNCHANGED
    is_too_often = is_done_over(order, details) and order.redone_count >= REDONE_MAX
    return DONE_OVER if is_too_often else None


def is_done_over(order: Paid, details: Details) -> bool:
    """Tell whether this ships an order over: it was finished, or it goes another way now."""
    before = order.details
    is_other = before is not None and (
        before.delivery_mode != details.delivery_mode
        or before.logistics_type != details.logistics_type
    )
    return order.has_ended or is_other


async def find_order(tx: Tx, appid: str, key: OrderKey) -> Paid | None:
    """Find a paid order of a mini program."""
    by_number = key.order_number_type == BY_MERCHANT
    return await paid_order(
        tx, appid=appid, transaction_id="" if by_number else key.transaction_id,
        mchid=key.mchid, out_trade_no=key.out_trade_no,
    )  # fmt: skip


async def receive(tx: Tx, person_id: int, appid: str, transaction_id: str) -> Received | Undone:
    """Confirm a receipt by hand."""
    account = await account_of(tx, appid)
    key = OrderKey(BY_WECHAT, transaction_id)
    order = await find_order(tx, appid, key) if account else None
    if account is None or order is None or order.person_id != person_id:
        return Undone("not_yours")
    if not order.has_ended or order.received_at is not None:
        return Undone("refused")
    await _receive(tx, account, order, BY_HAND)
    return Received(transaction_id)


@alarm(RECEIVE_ALARM)
async def receive_by_itself(_world: "World", tx: Tx, subject: str) -> None:
    """Take an order for received that nobody complained of."""
    appid, transaction_id = subject.split(" ")
    account = await account_of(tx, appid)
    order = await find_order(tx, appid, OrderKey(BY_WECHAT, transaction_id))
    if account and order and order.received_at is None:
        await _receive(tx, account, order, BY_ITSELF)


@alarm(SETTLE_ALARM)
async def settle(_world: "World", tx: Tx, subject: str) -> None:
    """Tell that the money of an order is free."""
    appid, transaction_id, how = subject.split(" ")
    account = await account_of(tx, appid)
    order = await find_order(tx, appid, OrderKey(BY_WECHAT, transaction_id))
    if account and order and order.received_at:
        told: Fields = (
            ("confirm_receive_method", int(how)),
            ("confirm_receive_time", _seconds(order.received_at)),
            ("settlement_time", _seconds(tx.now)),
        )
        await _tell_program(tx, account, order, "trade_manage_order_settlement", told)


async def remind_to_ship(tx: Tx, account: Account, order: Paid) -> None:
    """Remind a mini program of an order that waits to be shipped."""
    told: Fields = (("msg", "你的小程序有订单尚未发货，请及时录入发货信息"),)
    await _tell_program(tx, account, order, "trade_manage_remind_shipping", told)


async def _receive(tx: Tx, account: Account, order: Paid, how: int) -> None:
    settles_at = tx.now + SETTLED_AFTER
    await mark_received(tx, transaction_id=order.transaction_id, settles_at=settles_at)
    await set_alarm(tx, SETTLE_ALARM, f"{account.appid} {order.transaction_id} {how}", settles_at)


async def _tell_buyer(call: OfficialCall, order: Paid, details: Details) -> None:
    fields = [Field("订单号", order.out_trade_no)]
    for parcel in details.shipping_list:
        fields.append(Field("商品", parcel.item_desc))
        if parcel.tracking_no:
            fields.append(Field("物流", f"{parcel.express_company} {parcel.tracking_no}"))
    content = Content(title="商家已发货", appid=call.account.appid, fields=fields)
    await say(call.tx, call.account.appid, order.person_id, SYSTEM, "shipping", content)


async def _tell_program(tx: Tx, account: Account, order: Paid, event: str, told: Fields) -> None:
    head: Fields = (
        ("transaction_id", order.transaction_id), ("merchant_id", order.mchid),
        ("sub_merchant_id", ""), ("merchant_trade_no", order.out_trade_no),
        ("pay_time", _seconds(order.paid_at)),
    )  # fmt: skip
    await push_event(tx, account, order.openid, event, (*head, *told))


def _seconds(when: datetime) -> int:
    return int(when.astimezone(UTC).timestamp())
