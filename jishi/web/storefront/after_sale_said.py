"""What a buyer is told of after-sale: what may be asked, why, and where it stands."""

from jishi.after_sale.views import CasePage, CaseStep
from jishi.pages.words import Words
from jishi.web.words import Said


def kind_said(kind: str, words: Words) -> str:
    """Name what is wanted."""
    _ = words.say
    if kind == "refund_only":
        return _("仅退款")
    return _("退货退款") if kind == "return_and_refund" else _("换货")


def reasons_said(words: Words) -> dict[str, str]:
    """Name every reason, in the order of a form."""
    _ = words.say
    return {
        "not_wanted": _("不想要了"),
        "wrong_order": _("拍错了"),
        "too_slow": _("迟迟没有发货"),
        "no_reason": _("七天无理由"),
        "not_received": _("没有收到"),
        "damaged": _("收到时已破损"),
        "wrong_goods": _("发错了货"),
        "not_as_described": _("与描述不符"),
        "faulty": _("质量有问题"),
        "incomplete": _("少件、漏发"),
        "agreed": _("与商家协商一致"),
    }


def state_said(page: CasePage, words: Words) -> Said:
    """Say where a case stands, and what comes next."""
    return where_said(page.state, words)


def where_said(state: str, words: Words) -> Said:
    """Say where a case in this state stands."""
    _ = words.say
    if state == "exchange_shipping":
        return Said(_("等待换货"), _("商家收到退货后会给您寄出新的。"))
    known = {
        "seller_review": Said(_("等待商家处理"), _("商家 48 小时内没有处理，就算同意。")),
        "seller_rejected": Said(_("商家没有同意"), _("您可以请平台介入，或者撤销；7 天后关闭。")),
        "buyer_to_return": Said(_("请寄回商品"), _("寄出后在这里填写快递单号；7 天内有效。")),
        "seller_to_receive": Said(_("等待商家收货"), _("商家 10 天内没有处理，就退款给您。")),
        "seller_refused_goods": Said(_("商家没有接受退货"), _("您可以请平台介入；7 天后关闭。")),
        "dispute": Said(_("平台正在处理"), _("平台会看双方的说明，再作决定。")),
        "refunding": Said(_("退款中"), _("钱会原路退回，一般几分钟，银行卡最长几天。")),
        "refund_stuck": Said(_("退款遇到问题"), _("已经有人在处理，您不用再申请。")),
        "done": Said(_("售后完成"), _("退款已原路退回，或者换货已完成。")),
    }
    return known.get(state, Said(_("售后已关闭"), _("这次没有退款；还需要可以再申请。")))


def step_said(step: CaseStep, words: Words) -> str:
    """Say what was done, and by whom."""
    _ = words.say
    known = {
        "opened": _("您申请了售后"),
        "changed": _("您修改了申请"),
        "withdrawn": _("您撤销了申请"),
        "agreed": _("商家同意了"),
        "refused": _("商家没有同意"),
        "sent_back": _("您寄回了商品"),
        "received": _("商家收到了退货"),
        "goods_refused": _("商家没有接受退货"),
        "replacement_sent": _("商家寄出了换货"),
        "replacement_came": _("您收到了换货"),
        "replacement_given_up": _("没有货可换，改为退款"),
        "judged": _("平台作出了决定"),
        "waited_enough": _("时间到了，自动处理"),
        "refund_succeeded": _("退款已到账"),
        "refund_retried": _("重新发起了退款"),
        "refund_lowered": _("商家已另外退了款，这里退余下的"),
    }
    if step.deed == "escalated":
        return _("您请平台介入") if step.doer == "buyer" else _("商家请平台介入")
    return known.get(step.deed, _("退款遇到问题"))
