"""Combined orders: orders of several merchants, prepaid, paid and closed together.

Source: WeChat Pay v3, "Combined payment": the orders' pages, questions and answers, closing.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from jishi.kernel import columns, queries
from jishi.sandbox.answers import Refusal, bad_parameter
from jishi.sandbox.calls import PayCall
from jishi.sandbox.cast import person_by_openid
from jishi.sandbox.doors import pay
from jishi.sandbox.pay import links, refusals, rules
from jishi.sandbox.pay.cashier import locked_bill
from jishi.sandbox.pay.combined_asked import (
    AppCombination,
    AskedSubOrder,
    ClosedCombination,
    DetailedSubOrder,
    H5Combination,
    JsapiCombination,
    NativeCombination,
    NewCombination,
)
from jishi.sandbox.pay.orders import shut
from jishi.sandbox.pay.prepay import (
    Coded,
    Linked,
    Prepaid,
    Way,
    device_of,
    hidden_fault,
    identity_of,
    reenter,
)
from jishi.sandbox.pay.receipts import (
    Combination,
    CombinedTransaction,
    SubAmount,
    SubOrder,
    combined,
)
from jishi.sandbox.pay.types import Order

PATH = "/v3/combine-transactions"
SUB_ORDERS = range(2, 11)
"""An ordinary merchant combines two to ten orders."""


class Made(Struct, frozen=True):
    """A combination that was made known."""

    combined_id: int


class Counted(Struct, frozen=True):
    """How many orders were made known."""

    made: int | None


sql = queries(__file__)
add_combination = sql.one("add_combination", Made)
add_sub_orders = sql.one("add_sub_orders", Counted)
combination_by_number = sql.one("combination_by_number", Combination)
renew_combination = sql.run("renew_combination")


@pay("POST", f"{PATH}/jsapi")
async def combine_jsapi(call: PayCall, asked: JsapiCombination) -> Prepaid | Refusal:
    """Prepay for a page inside WeChat or a mini program."""
    openid = asked.combine_payer_info.openid
    if not openid:
        return msgspec.structs.replace(refusals.openid_needed, field="/combine_payer_info/openid")
    identity, device = asked.combine_payer_info.identity, device_of(asked.scene_info)
    return await combine(call, asked, asked.sub_orders, Way("JSAPI", device, identity, openid))


@pay("POST", f"{PATH}/native")
async def combine_native(call: PayCall, asked: NativeCombination) -> Coded | Refusal:
    """Prepay for whoever scans a code."""
    identity, device = identity_of(asked.combine_payer_info), device_of(asked.scene_info)
    made = await combine(call, asked, asked.sub_orders, Way("NATIVE", device, identity))
    return made if isinstance(made, Refusal) else Coded(links.combined_code_url(made.prepay_id))


@pay("POST", f"{PATH}/h5")
async def combine_h5(call: PayCall, asked: H5Combination) -> Linked | Refusal:
    """Prepay for a browser outside WeChat."""
    identity, device = identity_of(asked.combine_payer_info), asked.scene_info.device_id
    way = Way("MWEB", device, identity, usable=rules.H5_USABLE)
    made = await combine(call, asked, asked.sub_orders, way)
    if isinstance(made, Refusal):
        return made
    return Linked(links.h5_url(call.world.base_url, made.prepay_id))


@pay("POST", f"{PATH}/app")
async def combine_app(call: PayCall, asked: AppCombination) -> Prepaid | Refusal:
    """Prepay for an app."""
    identity, device = identity_of(asked.combine_payer_info), device_of(asked.scene_info)
    return await combine(call, asked, asked.sub_orders, Way("APP", device, identity))


@pay("GET", f"{PATH}/out-trade-no/{{combine_out_trade_no}}")
async def query(call: PayCall) -> CombinedTransaction | Refusal:
    """Show a combination with all its orders; only to whoever combined them."""
    whole, orders = await _found(call)
    if whole is None:
        return refusals.no_order
    return combined(whole, [_shown(order, call.now) for order in orders], orders[0].payer_openid)


@pay("POST", f"{PATH}/out-trade-no/{{combine_out_trade_no}}/close")
async def close(call: PayCall, asked: ClosedCombination) -> Refusal | None:
    """Close all orders of a combination; a part of them cannot be closed."""
    whole, orders = await _found(call)
    if whole is None:
        return refusals.no_order
    named = sorted((each.mchid, each.out_trade_no) for each in asked.sub_orders)
    if named != sorted((order.mchid, order.out_trade_no) for order in orders):
        return refusals.other_sub_orders
    if asked.combine_appid != whole.appid:
        return refusals.not_bound
    return await shut(call, orders[0])


async def combine(
    call: PayCall, asked: NewCombination, subs: Sequence[AskedSubOrder], way: Way
) -> Prepaid | Refusal:
    """Make the orders known, all or none; asked again with the same words, answer the same."""
    if refusal := await _refusal(call, asked, subs, way):
        return refusal
    prepay_id = rules.new_prepay_id(call.now)
    made = await add_combination(
        call.tx, mchid=asked.combine_mchid, appid=asked.combine_appid,
        out_trade_no=asked.combine_out_trade_no, prepay_id=prepay_id,
        device_id=way.device_id or "", transaction_id=rules.new_transaction_id(call.now),
        notify_url=asked.notify_url, asked=_whole(asked, way),
    )  # fmt: skip
    if made is None:
        return await _again(call, asked, way)
    expires = rules.moment(asked.time_expire) if asked.time_expire is not None else None
    counted = await add_sub_orders(
        call.tx, combined_id=made.combined_id, appid=asked.combine_appid, prepay_id=prepay_id,
        trade_type=way.trade_type, openid=way.openid, notify_url=asked.notify_url,
        device_id=way.device_id or "", bank_type=rules.bank_type(asked.limit_pay),
        usable_until=call.now + way.usable, expires_at=rules.expiry(expires, call.now),
        **_columns(subs),
    )  # fmt: skip
    assert counted is not None, "a count always answers"
    return Prepaid(prepay_id) if counted.made == len(subs) else refusals.changed_reentry


def fault(  # noqa: PLR0911 - one a reason
    call: PayCall, asked: NewCombination, subs: Sequence[AskedSubOrder]
) -> Refusal | None:
    """Find the first thing that is wrong with a combination."""
    world = call.world
    if asked.combine_mchid != call.merchant.mchid:
        words = "combine_mchid与签名的商户号不一致"
        return bad_parameter("/combine_mchid", words, value=asked.combine_mchid)
    if len(subs) not in SUB_ORDERS:
        return bad_parameter("/sub_orders", "子单数量必须为2到10")
    if len({(sub.mchid, sub.out_trade_no) for sub in subs}) < len(subs):
        return bad_parameter("/sub_orders", "子单商户订单号重复")
    if words := rules.fault_of_address(asked.notify_url):
        return bad_parameter("/notify_url", words, value=asked.notify_url)
    for name in ("time_start", "time_expire"):
        text: str | None = getattr(asked, name)
        if text is not None and rules.moment(text) is None:
            return bad_parameter(f"/{name}", f"{name}不符合rfc3339标准格式", value=text)
    if any(sub.mchid not in world.merchants for sub in subs):
        return refusals.unknown_sub_merchant
    mchids = {asked.combine_mchid, *(sub.mchid for sub in subs)}
    if any((asked.combine_appid, mchid) not in world.bindings for mchid in mchids):
        return refusals.not_bound
    return None


async def _refusal(
    call: PayCall, asked: NewCombination, subs: Sequence[AskedSubOrder], way: Way
) -> Refusal | None:
    hidden = hidden_fault(call, way.identity, "/combine_payer_info/identity")
    if refusal := hidden or fault(call, asked, subs):
        return refusal
    if way.openid and await person_by_openid(call.tx, asked.combine_appid, way.openid) is None:
        return refusals.wrong_openid
    return None


async def _again(call: PayCall, asked: NewCombination, way: Way) -> Prepaid | Refusal:
    whole = await combination_by_number(
        call.tx, mchid=asked.combine_mchid, out_trade_no=asked.combine_out_trade_no
    )
    assert whole is not None, "it was there a moment ago"
    [first, *_] = await locked_bill(call.tx, prepay_id=whole.prepay_id)
    is_same = whole.asked == _whole(asked, way)
    answer = await reenter(call, first, is_same=is_same, usable=way.usable)
    if isinstance(answer, Prepaid) and answer.prepay_id != whole.prepay_id:
        await renew_combination(call.tx, combined_id=whole.combined_id, prepay_id=answer.prepay_id)
    return answer


def _whole(asked: NewCombination, way: Way) -> str:
    return f"{way.trade_type} {msgspec.json.encode(asked).decode()}"


async def _found(call: PayCall) -> tuple[Combination | None, list[Order]]:
    number = call.path["combine_out_trade_no"]
    whole = await combination_by_number(call.tx, mchid=call.merchant.mchid, out_trade_no=number)
    if whole is None:
        return None, []
    return whole, await locked_bill(call.tx, prepay_id=whole.prepay_id)


def _columns(subs: Sequence[AskedSubOrder]) -> dict[str, list[object]]:
    rows = [
        (place, sub.mchid, sub.out_trade_no, sub.description, sub.attach,
         sub.amount.total_amount, _is_sharing(sub), msgspec.json.encode(sub).decode())
        for place, sub in enumerate(subs)
    ]  # fmt: skip
    return columns(rows, "places", "mchids", "out_trade_nos", "descriptions", "attaches",
                   "totals_fen", "are_sharing", "askeds")  # fmt: skip


def _is_sharing(sub: AskedSubOrder) -> bool:
    # What settle_info says weighs more than the field beside it.
    if sub.settle_info is not None and sub.settle_info.profit_sharing is not None:
        return sub.settle_info.profit_sharing
    return isinstance(sub, DetailedSubOrder) and bool(sub.profit_sharing)


def _shown(order: Order, now: datetime) -> SubOrder:
    state = rules.trade_state(order, now)
    # A combination's page of states knows no payer at the keys.
    state = "NOTPAY" if state == "USERPAYING" else state
    amount = SubAmount(order.total_fen, order.total_fen)
    if order.paid_at is None:
        return SubOrder(order.mchid, order.out_trade_no, state, amount, attach=order.attach)
    return SubOrder(
        order.mchid, order.out_trade_no, state, amount, order.trade_type, order.bank_type,
        order.attach, rules.shown(order.paid_at), order.transaction_id,
    )  # fmt: skip
