"""What staff are told of orders: where they stand, and who did what."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from jishi.after_sale.views import CaseRow
from jishi.money.late.views import MadeElsewhere
from jishi.pages.formats import price
from jishi.pages.words import Words
from jishi.trade.selling.views import Lowered, ShopFacts, ShopStep
from jishi.web.storefront.after_sale_said import kind_said


class Told(msgspec.Struct, frozen=True):
    """Something that happened to an order: what, when, by whom, and what was said."""

    said: str
    at: datetime
    by: str
    note: str = ""


def state_said(state: str, words: Words) -> str:
    """Say where an order stands."""
    _ = words.say
    return {
        "awaiting_payment": _("待付款"),
        "closing": _("关闭中"),
        "closed": _("已关闭"),
        "paid": _("待发货"),
        "partly_shipped": _("部分发货"),
        "shipped": _("已发货"),
        "ready_for_pickup": _("待自提"),
        "received": _("已收货"),
    }.get(state, _("已完成"))


def delivery_said(delivery: str, words: Words) -> str:
    """Say how an order goes."""
    _ = words.say
    return {"pickup": _("到店自取"), "same_city": _("同城配送")}.get(delivery, _("快递"))


def step_said(step: ShopStep, words: Words) -> str:
    """Say a step by its reason; one of another trade by where it led."""
    _ = words.say
    return {
        "order_placed": _("下单"),
        "payment_taken": _("付款"),
        "buyer_cancelled": _("买家取消"),
        "shop_called_off": _("商家取消"),
        "payment_time_over": _("超时未付，自动取消"),
        "voucher_issued": _("在门店待取"),
        "voucher_redeemed": _("门店核销"),
        "sent_out": _("送出，同城配送"),
        "all_refunded": _("全部退款，订单关闭"),
    }.get(step.reason, state_said(step.state, words))


def lowered_said(lowered: Lowered, words: Words) -> str:
    """Say what was let off."""
    _ = words.say
    prices = {"old": price(lowered.from_fen), "new": price(lowered.to_fen)}
    if not lowered.position:
        return _("运费从 {old} 改为 {new}", **prices)
    return _("第 {n} 行从 {old} 改为 {new}", n=lowered.position, **prices)


def timeline(
    facts: ShopFacts, cases: list[CaseRow], elsewhere: list[MadeElsewhere],
    names: Mapping[int, str], words: Words,
) -> list[Told]:  # fmt: skip
    """Tell all that happened to an order, the last first."""
    _ = words.say
    buyer, clock = _("买家"), _("自动")

    def who(actor_id: int) -> str:
        if actor_id == facts.buyer_id:
            return buyer
        return names.get(actor_id, _("商家")) if actor_id else clock

    told = [Told(step_said(each, words), each.at, who(each.actor_id)) for each in facts.steps]
    told += [Told(_("备注"), each.at, who(each.staff_id), each.note) for each in facts.notes]
    told += [Told(lowered_said(each, words), each.at, who(each.staff_id)) for each in facts.lowered]
    told += [Told(_("改收货地址"), each.at, who(each.actor_id)) for each in facts.moved]
    told += [
        Told(_("申请售后：{kind}", kind=kind_said(each.kind, words)), each.opened_at, buyer)
        for each in cases
    ]
    told += [
        Told(_("在微信商户平台退了 {price}", price=price(each.amount_fen)), each.refunded_at,
             _("商家"))
        for each in elsewhere
    ]  # fmt: skip
    return sorted(told, key=lambda each: each.at, reverse=True)
