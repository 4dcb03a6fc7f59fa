"""How the parts of an answer are called: arms, axes, designs, gates, numbers of an arm."""

from jishi.pages.words import Words


def arm_said(question: str, arm: str, words: Words) -> str:
    """Say an arm or a source; what is new to us keeps its own name."""
    _ = words.say
    if (question, arm) == ("conversion", "none"):
        return _("无优惠")
    return arms_said(words).get(arm, arm)


def arms_said(words: Words) -> dict[str, str]:
    """Give the arms of the experiments and the sources of followers."""
    _ = words.say
    return {
        "prompted": _("提醒"), "quiet": _("不提醒"), "cards": _("有卡片"), "plain": _("无卡片"),
        "deep": _("大优惠"), "none": _("不限"), "named": _("写朋友名字"),
        "unnamed": _("不写名字"), "told": _("告诉朋友"), "private": _("不告诉"),
        "promoted": _("有推广"), "held_out": _("不推广"), "recommended": _("推荐"),
        "popular": _("热门"), "friend": _("朋友分享"),
        "poster": _("海报"), "poster_deep": _("海报大优惠"), "search": _("搜索"),
        "opens": _("打开"), "1": _("每周 1 次"), "2": _("每周 2 次"), "3": _("每周 3 次"),
        "5": _("每周 5 次"), "direct": _("直接来"), "menu": _("菜单"), "ad": _("广告"),
        "rungs": _("最近一个月"), "first_month": _("头一个月"),
        "response": _("只降不升的响应"), "wrong": _("出错订单"),
        "payments_failed": _("付款没有成功"),
        "": _("来源不明"), "unknown": _("来源不明"),
    }  # fmt: skip


def means_said(words: Words) -> dict[str, str]:
    """Give the means that are counted of each arm."""
    _ = words.say
    return {
        "before": _("之前"), "during": _("提醒期间"), "after": _("之后"), "value": _("内容价值"),
        "left": _("离开"), "margin": _("毛利（分）"), "followed": _("关注"),
        "gained": _("毛利减成本（分）"), "bought": _("下过单"),
        "bought_again": _("再次购买"), "opens": _("打开次数"), "orders": _("订单"),
        "again": _("再次打开"), "activity": _("近 30 天阅读"), "contacts": _("每周触达"),
        "harms": _("伤害"), "touches": _("收到的触达"), "watched": _("看满期限的人"),
    }  # fmt: skip


def axes_said(words: Words) -> dict[str, str]:
    """Give the axes of the plots; some are of answers kept from earlier days."""
    _ = words.say
    return {
        "arm": _("组"), "content_value": _("每位关注者的内容价值"),
        "opens_again": _("30 天内再次打开"),
        "measure": _("量"), "orders_a_week": _("每人每周订单"),
        "content_value_a_week": _("每位关注者每周的内容价值"), "fen": _("180 天毛利减成本，按来源"),
        "opens_a_week": _("每周打开朋友链接的次数"),
        "weeks_beside_withdrawal": _("停止提醒前后第几周"),
        "weeks_beside_same": _("两组相同前后第几周"),
        "weeks_beside_purchase": _("购买前后第几周"), "articles_in_30_days": _("近 30 天每人阅读"),
        "part_of_allowed": _("用去允许值的几成"), "contacts_a_week": _("每周收到的触达"),
        "days_before": _("几天以前付款"), "wrong_orders": _("出错订单偏离平常，以一日标准差计"),
        "share_number": _("第几次分享"), "opens": _("每次分享的打开数"), "share": _("占比"),
    }  # fmt: skip


def limits_said(words: Words) -> dict[str, str]:
    """Give the lines through the plots: the bars of a claim, and where something began."""
    _ = words.say
    return {
        "holds": _("成立"), "refuted": _("推翻"), "zero": "", "withdrawn": _("停止提醒"),
        "same": _("此后两组相同"), "bought": _("从朋友那里买"), "allowed": _("允许的上限"),
        "here": _("现在在这里"), "half_life": _("打开数减半"), "alarm": _("警戒线"),
        "better": _("好于平常"),
    }  # fmt: skip


def designs_said(words: Words) -> dict[str, str]:
    """Give how the question is measured. There is none by the last touch."""
    _ = words.say
    return {
        "prompts": _("随机提醒，再停止"), "cards": _("随机分到有无卡片"),
        "depth": _("海报随机给不同优惠"), "told": _("随机告诉或不告诉朋友"),
        "ladder": _("每人固定一级上限，随机分配"), "sharers": _("每位分享者与自己比"),
        "counts": _("全部数一遍，不抽样"),
    }  # fmt: skip


def gates_said(words: Words) -> dict[str, str]:
    """Give what forbids a verdict."""
    _ = words.say
    return {
        "uneven_arms": _("两组人数不像随机分的，先查分组"), "too_few": _("人数还不够"),
        "too_few_issues": _("文章期数还不够"),
        "too_short": _("时间还不够"), "loud_placebo": _("什么都没做也有差别，先查仪器"),
        "too_old": _("数据太旧，超过 90 天"),
    }  # fmt: skip


def verdicts_said(words: Words) -> dict[str, str]:
    """Give the four verdicts, on the critic's claim."""
    _ = words.say
    return {
        "holds": _("批评成立"), "refuted": _("批评被推翻"), "undecided": _("还不能定"),
        "not_measured": _("没有测量"),
    }  # fmt: skip


def troubles_said(words: Words) -> dict[str, str]:
    """Give why a measuring brought nothing, and what to do."""
    _ = words.say
    return {
        "extra_missing": _("这台机器没有装测量用的部件，请运行 pip install 'jishi[gauges]' 再试。"),
        "failed": _("测量中途停了，请看服务器日志，再试一次。"),
        "too_long": _("超过 {minutes} 分钟，已停止；请在命令行运行 jishi verdicts。"),
    }


def acts_said(words: Words) -> dict[str, str]:
    """Give the acts that answer a question."""
    _ = words.say
    return {
        "OpenPurchase": _("一次下单多家店"), "PutInCart": _("放进购物车"),
        "SaveAddress": _("保存地址"), "SaveProduct": _("保存商品"),
        "UploadPicture": _("上传图片"), "MeetPerson": _("认识一个人"),
        "PlaceOrder": _("下单"), "AskRefund": _("申请退款"), "OpenCase": _("申请售后"),
        "JudgeCase": _("裁决售后"), "TakePayment": _("收款"), "GiveConsent": _("同意"),
        "WithdrawConsent": _("撤回同意"), "ErasePerson": _("注销账户"),
        "StateLicence": _("公示主体"), "IndexGoods": _("收录商品"),
        "NoteEmptySearch": _("记下没找到的搜索"), "StartPayment": _("发起支付"),
        "RecordPrepaid": _("记下预付单"), "RedeemVoucher": _("核销自提码"),
        "Restock": _("补货"), "SettleOrder": _("结算订单"), "ReconcileDay": _("对一天的账"),
        "ExplainDifference": _("说明差异"), "ShipParcel": _("发货"), "SetRoles": _("改角色"),
    }  # fmt: skip
