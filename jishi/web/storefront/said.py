"""What a visitor is told about the state of an order and the steps it took."""

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter

import msgspec

from jishi.after_sale.views import CaseRow
from jishi.fulfilment.parcels.views import LineToShip
from jishi.fulfilment.views import HandoutLine
from jishi.money.late.views import MadeElsewhere
from jishi.pages.formats import price
from jishi.pages.words import Words
from jishi.trade.views import OrderLine, OrderStep
from jishi.web.storefront.after_sale_said import kind_said
from jishi.web.words import Said


class Step(msgspec.Struct, frozen=True):
    """A step in words."""

    said: str
    at: datetime


def said_of(state: str, words: Words, steps: Sequence[OrderStep] = ()) -> Said:
    """Say where an order stands, and what that means; by its steps, whether money went back."""
    _ = words.say
    if state == "closed" and any(map(is_refunded, steps)):
        return Said(_("已关闭"), _("付的钱已全部原路退回。"))
    paid = Said(_("已付款"), _("商家已收到订单，会尽快为您准备。"))
    return {
        "awaiting_payment": Said(_("待付款"), _("保留时间到了，订单马上会自动取消。")),
        "closing": Said(_("关闭中"), _("正在确认没有未完成的付款，商品马上放回货架。")),
        "closed": Said(_("已关闭"), _("商品已放回货架，没有扣钱。")),
        "ready_for_pickup": Said(_("待取货"), _("商品在门店等您，到店出示提货码就能取走。")),
        "partly_shipped": Said(_("部分已发货"), _("其余的商家会尽快发出。")),
        "shipped": Said(_("已发货"), _("商品都在路上，收到后请确认收货。")),
        "completed": Said(_("已完成"), _("售后期已过，谢谢您的光顾。")),
        "received": Said(_("已收货"), _("有问题可以在下面申请售后。")),
    }.get(state, paid)


def is_refunded(step: OrderStep) -> bool:
    """Tell whether an order was closed because everything was refunded."""
    return step.state == "closed" and step.reason == "all_refunded"


def tone_of(state: str) -> str:
    """Give the colour of a state."""
    return "warm" if state in {"awaiting_payment", "ready_for_pickup"} else ""


def path_of(  # noqa: PLR0913 - the last has its name at the call
    steps: Sequence[OrderStep], words: Words, cases: Sequence[CaseRow] = (),
    lowered_at: Sequence[datetime] = (), elsewhere: Sequence[MadeElsewhere] = (),
    *, moved_at: Sequence[datetime] = (),
) -> list[Step]:  # fmt: skip
    """Say the steps of an order, what was let off or given back, and its cases, the last first."""
    _ = words.say
    taken = [Step(step_said(step, words), step.at) for step in steps]
    taken += [Step(_("商家改了价，付款按现在的合计"), at) for at in lowered_at]
    taken += [Step(_("改了收货地址"), at) for at in moved_at]
    asked = [
        Step(_("您申请了售后：{kind}", kind=kind_said(case.kind, words)), case.opened_at)
        for case in cases
    ]
    taken += [
        Step(_("商家退给您 {price}", price=price(each.amount_fen)), each.refunded_at)
        for each in elsewhere
    ]
    return sorted(taken + asked, key=attrgetter("at"), reverse=True)


def spoken(order_number: str) -> list[str]:
    """Part an order number into groups that can be read out: JS, the day, the digits."""
    digits = order_number[8:]
    fours = (digits[at : at + 4] for at in range(0, len(digits), 4))
    return [order_number[:2], order_number[2:8], *fours]


def step_said(step: OrderStep, words: Words) -> str:
    """Say a step: what happened, and at whose wish."""
    _ = words.say
    if step.state == "closing":
        by_clock = _("超过保留时间，自动取消")
        called_off = {"buyer_cancelled": _("您取消了订单"), "shop_called_off": _("商家取消了订单")}
        return called_off.get(step.reason, by_clock)
    known = {
        "order_placed": _("您提交了订单，商品已为您留好"),
        "payment_taken": _("您已付款"),
        "nothing_to_pay": _("您已付款"),
        "voucher_issued": _("商品在门店备好了，等您来取"),
        "voucher_redeemed": _("您在门店取走了商品"),
        "parcel_sent": _("商家发出了一个包裹"),
        "last_parcel_sent": _("商品已全部发出"),
        "sent_out": _("商家已送出，正在路上"),
        "rest_refunded": _("其余已退款，发出的都在路上"),
        "receipt_confirmed": _("您确认收货了"),
        "received_by_itself": _("发货 10 天，自动确认收货"),
        "window_over": _("售后期已过，订单完成"),
    }
    led = {
        "paid": _("您已付款"),
        "partly_shipped": _("商家寄出了一部分"),
        "shipped": _("商家已发货"),
        "received": _("已收货"),
        "completed": _("订单完成"),
    }
    if step.state != "closed":
        return known.get(step.reason) or led.get(step.state, _("商家正在处理"))
    return _("全部退款，订单关闭") if is_refunded(step) else _("订单关闭，商品放回货架")


def names_of_line(line: OrderLine | HandoutLine | LineToShip, words: Words) -> str:
    """Give a line's options in the reader's language."""
    english = line.options_en or [""] * len(line.options)
    pairs = zip(line.options, english, strict=False)
    return " / ".join(words.pick(*pair) for pair in pairs)
