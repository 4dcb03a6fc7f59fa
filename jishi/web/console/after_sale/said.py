"""What staff are told of after-sale: where a case stands, who did what, how long is left."""

from datetime import UTC, datetime

from jishi.after_sale.views import CaseStep
from jishi.pages.words import Words


def state_said(state: str, words: Words) -> str:
    """Say for whom a case waits."""
    _ = words.say
    return {
        "seller_review": _("等您处理"),
        "seller_rejected": _("已拒绝，等买家"),
        "buyer_to_return": _("等买家寄回"),
        "seller_to_receive": _("等您收货"),
        "seller_refused_goods": _("已拒收退货"),
        "exchange_shipping": _("等您寄出换货"),
        "dispute": _("等平台裁决"),
        "refunding": _("退款中"),
        "refund_stuck": _("退款受阻"),
        "done": _("已完成"),
    }.get(state, _("已关闭"))


def step_said(step: CaseStep, words: Words) -> str:
    """Say what was done, and by whom."""
    _ = words.say
    known = {
        "opened": _("买家申请售后"),
        "changed": _("买家修改申请"),
        "withdrawn": _("买家撤销申请"),
        "agreed": _("同意"),
        "refused": _("拒绝"),
        "sent_back": _("买家寄回商品"),
        "received": _("收到退货"),
        "goods_refused": _("拒收退货"),
        "replacement_sent": _("寄出换货"),
        "replacement_came": _("买家收到换货"),
        "replacement_given_up": _("无货可换，改为退款"),
        "judged": _("平台裁决"),
        "waited_enough": _("到期自动处理"),
        "refund_succeeded": _("退款到账"),
        "refund_retried": _("重新发起退款"),
        "refund_lowered": _("已在微信商户平台退款，这里只退余下的"),
    }
    if step.deed == "escalated":
        return _("买家请平台介入") if step.doer == "buyer" else _("请平台介入")
    return known.get(step.deed, _("退款受阻"))


def left_said(act_until: datetime | None, words: Words) -> str:
    """Say how long is left before the clock acts."""
    if act_until is None:
        return ""
    _, n_ = words.say, words.count
    hours = int((act_until - datetime.now(UTC)).total_seconds() // 3600)
    if hours < 0:
        return _("已到期")
    return n_("还有 {n} 小时", hours)
