"""Weight: a light app cannot carry search, data, payment and cloud."""

from jishi import discovery, fulfilment, money, trade
from jishi.objections.said import Both, Objection

WEIGHT = Objection(
    question="weight",
    title=Both("承载", "Weight"),
    sentence=Both(
        "微信已经太重，又只是轻应用：撑不起搜索、数据、云和支付。",
        "WeChat is overloaded and yet a light app: it cannot carry search, data, cloud "
        "and payment.",
    ),
    how=Both(
        "直接数：最慢的二十分之一页面要几秒，多少搜索没有结果，多少付款成功；推荐和热销随机对比。",
        "Counted as it is: the seconds of the slowest twentieth of pages, searches without a "
        "result, payments that succeed; advice and bestsellers are compared at random.",
    ),
    formula=Both(
        "比例用 Wilson 区间；第 95 百分位用次序统计量；推荐提升 = 每人订单之比 − 1。",
        "shares with Wilson's interval; the 95th percentile between order statistics; "
        "lift = ratio of orders a person − 1.",
    ),
    instrument=Both(
        "缺推荐：市场还不推荐商品，其余三项可以测。",
        "Recommendations are missing: the market gives none yet; the other three are measured.",
    ),
    measures={
        "latency_p95_seconds": Both("第 95 百分位载入秒数", "Seconds to load, slowest twentieth"),
        "zero_result_share": Both("无结果搜索", "Searches without a result"),
        "payment_success": Both("付款成功", "Payments that succeed"),
        "recommender_lift": Both("推荐提升", "Lift of recommendations"),
    },
    actions={
        "holds": Both(
            "先修越界的那一项：慢页、空搜索或失败的付款。",
            "Mend what is beyond its bar first: slow pages, empty searches or failing payments.",
        ),
        "refuted": Both("都在限度内，保持。", "All within bounds; keep it so."),
        "undecided": Both(
            "从空搜索里补同义词，最便宜。",
            "Add synonyms from the empty searches; nothing is cheaper."
        ),
        "not_measured": Both(
            "等到一千次搜索和一千次页面载入。", "Wait for a thousand searches and page loads."
        ),
    },
    acts=(
        discovery.IndexGoods, discovery.NoteEmptySearch, trade.StartPayment, money.RecordPrepaid,
        fulfilment.RedeemVoucher,
    ),
)  # fmt: skip
