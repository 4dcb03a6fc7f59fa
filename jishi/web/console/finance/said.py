"""The words of the books: kinds of account and of difference, and the three lists."""

from collections.abc import Mapping

from jishi.pages.words import Words
from jishi.web.console.frame import Tab

ACCOUNT, DAYS, DIFFERENCES = (
    "/console/finance", "/console/finance/days", "/console/finance/differences",
)  # fmt: skip


def tabs(here: str, open_differences: int, words: Words) -> list[Tab]:
    """Give the lists of the books."""
    _ = words.say
    return [
        Tab(ACCOUNT, _("结算"), here == ACCOUNT),
        Tab(DAYS, _("对账"), here == DAYS),
        Tab(DIFFERENCES, _("差异"), here == DIFFERENCES, open_differences),
    ]


def accounts_said(words: Words) -> Mapping[str, str]:
    """Name the kinds of account that money stands in."""
    _ = words.say
    return {
        "wechat": _("买家（经微信支付）"), "escrow": _("未结算的货款"),
        "refunding": _("退款途中"), "payable": _("已结算，未出账单"), "fees": _("手续费和佣金"),
        "shop": _("店铺已得"), "debt": _("结算后退的款，待扣回"),
    }  # fmt: skip


def differences_said(words: Words) -> Mapping[str, str]:
    """Say of each kind of difference what it is."""
    _ = words.say
    return {
        "only_ours": _("微信的账单里没有"), "only_theirs": _("我们没有记这一笔"),
        "amount": _("金额不同"), "fee": _("手续费不同"), "state": _("状态不同"),
        "twice": _("账单里出现两次"), "cross_day": _("可能记在第二天的账单里"),
        "flow_missing": _("资金账单里没有"), "flow_extra": _("只有资金账单里有"),
        "flow_amount": _("资金账单的金额不同"), "flow_fee": _("资金账单的手续费不同"),
        "flow_twice": _("资金账单里出现两次"),
    }  # fmt: skip


def answers_said(words: Words) -> Mapping[str, str]:
    """Say what WeChat's query calls the state of a payment or a refund."""
    _ = words.say
    return {
        "SUCCESS": _("成功"), "REFUND": _("付过，有退款"), "NOTPAY": _("没有付"),
        "CLOSED": _("已关闭"), "REVOKED": _("已撤销"), "USERPAYING": _("正在付"),
        "PAYERROR": _("付款失败"), "PROCESSING": _("处理中"), "ABNORMAL": _("退款异常"),
        "UNKNOWN": _("微信没有这一笔"),
    }  # fmt: skip


def endings_said(words: Words) -> Mapping[str, str]:
    """Say how a difference ended."""
    _ = words.say
    return {
        "later_bill": _("后来的账单里有了"), "taken_since": _("后来入账了"),
        "explained": _("有人核实"),
    }  # fmt: skip
