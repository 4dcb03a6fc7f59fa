"""Boundary: social life and trade are two rivers."""

from jishi import after_sale, money, trade
from jishi.objections.said import Both, Objection

BOUNDARY = Objection(
    question="boundary",
    title=Both("边界", "Boundary"),
    sentence=Both(
        "社交和交易是两条河。熟人之间一谈买卖，关系就僵了。",
        "Social life and trade are two rivers. Once friends trade, things grow stiff between them.",
    ),
    how=Both(
        "买了朋友推荐的东西以后，朋友是否知道由编号随机决定；看买家一个月内还打不打开这位朋友的链接。"
        "页面上是否写朋友的名字，同样随机。",
        "After a purchase through a friend, whether the friend hears of it is decided by number; "
        "does the buyer open that friend's links again within a month? "
        "Whether a page names the friend is decided likewise.",
    ),
    formula=Both(
        "关系比 = 再次打开的比例（告知 ÷ 不告知）；转化比 = 每次打开的订单（具名 ÷ 匿名）。",
        "relation ratio = share who open again, told ÷ not told; "
        "conversion ratio = orders an opening, named ÷ unnamed.",
    ),
    instrument=Both(
        "缺分享：市场还没有朋友分享的链接，所以看不到朋友之间的交易。",
        "Shares are missing: the market has no links of friends yet, "
        "so it cannot see trade between them.",
    ),
    measures={
        "relation_ratio": Both("关系比", "Friends opened again, told by not told"),
        "conversion_ratio": Both("转化比", "Orders an opening, named by unnamed"),
        "disputes": Both("每千单纠纷", "Disputes in a thousand orders through friends"),
    },
    actions={
        "holds": Both(
            "默认不告诉朋友，纠纷由市场处理。",
            "Do not tell the friend by default; the market settles what goes wrong.",
        ),
        "refuted": Both(
            "可以显示朋友的名字（双方同意）。", "Show the friend's name, if both agree."
        ),
        "undecided": Both(
            "在容易有纠纷的类目先默认不告知。",
            "Tell nobody in categories where much goes wrong, until more is known.",
        ),
        "not_measured": Both(
            "付款、退款、纠纷都经过市场，朋友之间不用讲价。",
            "Payments, refunds and disputes go through the market; friends need not haggle.",
        ),
    },
    acts=(money.AskRefund, after_sale.OpenCase, after_sale.JudgeCase, trade.TakePayment),
)
