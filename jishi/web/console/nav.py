"""The way through the console: what there is, and what this member may see of it."""

import msgspec

from jishi.pages.words import Words
from jishi.web.member import Member


class Entry(msgspec.Struct, frozen=True):
    """A place of the console, and the permission it takes; none takes only a sign-in.

    `is_news`: the number of notices that the member has not read stands beside it.
    """

    path: str
    said: str
    permission: str = ""
    is_operators: bool = False
    is_news: bool = False


def entries(words: Words) -> tuple[Entry, ...]:
    """Give every place of the console, in the order of a day's work."""
    _ = words.say
    return (
        Entry("/console", _("今天"), is_news=True),
        Entry("/console/goods", _("商品"), "goods"),
        Entry("/console/orders", _("订单"), "orders"),
        Entry("/console/shipping", _("发货"), "shipping"),
        Entry("/console/same-city", _("同城配送"), "shipping"),
        Entry("/console/pickup", _("自提核销"), "store"),
        Entry("/console/after-sale", _("售后"), "after_sale"),
        Entry("/console/finance", _("财务"), "finance"),
        Entry("/console/stores", _("门店"), "settings"),
        Entry("/console/settings/payment", _("收款"), "settings"),
        Entry("/console/opening", _("开业"), "settings"),
        Entry("/console/settings/freight", _("运费"), "settings"),
        Entry("/console/staff", _("员工"), "staff"),
        Entry("/console/questions", _("八问"), "questions"),
        Entry("/console/audit", _("操作记录"), "audit"),
        Entry("/console/jobs", _("待办与定时"), "jobs"),
        Entry("/console/shops", _("切换小店"), is_operators=True),
        Entry("/console/me", _("我的账号")),
    )


def nav(member: Member, words: Words) -> list[Entry]:
    """Give the places that this member may see."""
    return [
        each
        for each in entries(words)
        if (not each.permission or each.permission in member.permissions)
        and (member.is_operator or not each.is_operators)
    ]


def at(path: str, found: list[Entry]) -> str:
    """Give the place that a page belongs to: the longest whose path it begins with."""
    inside = [each.path for each in found if f"{path}/".startswith(f"{each.path}/")]
    return max(inside, key=len, default="")
