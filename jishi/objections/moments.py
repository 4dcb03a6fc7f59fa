"""Moments: selling to friends lives in the dark and wears out."""

from jishi import after_sale, goods
from jishi.objections.said import Both, Objection

MOMENTS = Objection(
    question="moments",
    title=Both("朋友圈", "Moments"),
    sentence=Both(
        "朋友圈生意靠新鲜感，见光就死：假货、难为情的朋友、越卖越贬值的人缘。",
        "Selling in Moments lives on novelty and dies in the light: fakes, embarrassed friends, "
        "a good name that wears out.",
    ),
    how=Both(
        "同一位分享者的第 1、2、3……次分享各有多少人打开（只和自己比）；买家有多少不是他直接的朋友；"
        "一位分享者带出几位新的分享者；朋友链接来的订单比其他订单多多少退款、纠纷和差评。",
        "How many open the first, second, third … share of the same sharer, each compared with "
        "himself; how many buyers he did not reach himself; how many new sharers a sharer makes; "
        "how much oftener orders through friends are refunded, disputed or badly reviewed.",
    ),
    formula=Both(
        "ln E[打开] = 每人自己的水平 + b·ln(1 + 此前分享数)；b 越负，磨损越快。",
        "ln E[opens] = a level of each sharer's own + b · ln(1 + shares before); "
        "the lower b, the faster it wears.",
    ),
    instrument=Both(
        "缺分享：市场还没有可追踪的分享链接和佣金。",
        "Shares are missing: the market has no tracked links and no commission yet.",
    ),
    measures={
        "decay": Both("磨损", "Wear of openings as a sharer goes on"),
        "breakout": Both("出圈买家", "Buyers two hands away"),
        "half_life": Both("打开数减半于第几次分享", "Share at which half as many open"),
        "reproduction": Both("带出的新分享者", "New sharers a sharer makes"),
        "obligation": Both(
            "后悔的订单，朋友链接 ÷ 其他", "Regretted orders, friends' links by others"
        ),
    },
    actions={
        "holds": Both(
            "限制每周分享次数，让分享者歇一歇。", "Limit shares a week, and let sharers rest."
        ),
        "refuted": Both("可以请更多人分享。", "More people may be asked to share."),
        "undecided": Both(
            "让一半分享者每周只分享三次，再比较。",
            "Let half of the sharers share three times a week only, and compare.",
        ),
        "not_measured": Both(
            "先把商品来源和执照放在明处。",
            "Begin by showing where goods come from and who sells them.",
        ),
    },
    acts=(goods.StateLicence, after_sale.OpenCase),
)
