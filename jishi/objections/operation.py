"""Operation: without one system for information, money and goods it is a street stall."""

from jishi import after_sale, fulfilment, goods, money, staff
from jishi.objections.said import Both, Objection

OPERATION = Objection(
    question="operation",
    title=Both("运营", "Operation"),
    sentence=Both(
        "信息、钱、货各走各的，没有规则和培训：没有一个运营系统，就只是地摊。",
        "Information, money and goods each go their own way, without rules or training: without "
        "one operation system it is a street stall.",
    ),
    how=Both(
        "直接数：两周前付款的订单有多少准时发出、送到、无误；"
        "结算是否准时；账和微信账单差几笔说不清；最慢的结算和差异等了几天。",
        "Counted as it is: of the orders paid two weeks ago, how many were sent in time, arrived "
        "and were right; what was settled in time; the differences from WeChat's bill that "
        "nobody explained; and how long the slowest settlements and differences waited.",
    ),
    formula=Both(
        "完美订单 = 两天内发出、送到、无退款无纠纷的占比；区间用 Wilson 法；差异只数，不估。",
        "perfect order = share sent within two days, arrived, without refund or dispute, "
        "interval by Wilson; differences are counted, not estimated.",
    ),
    instrument=Both(
        "订单还不够，或还没有结算过。", "Too few orders, or nothing has been settled yet."
    ),
    measures={
        "perfect_order": Both("完美订单", "Perfect orders"),
        "settled_on_time": Both("准时结算", "Settled in time"),
        "unexplained_differences": Both("说不清的差异", "Differences nobody explained"),
        "settlement_days_p95": Both(
            "最慢 5% 的结算用了几天", "Days to settle the slowest twentieth"
        ),
        "breaks": Both("每万单差异", "Differences from WeChat's bill in ten thousand orders"),
        "explained_days_p95": Both(
            "最慢 5% 的差异几天说清", "Days to explain the slowest twentieth of differences"
        ),
    },
    actions={
        "holds": Both(
            "先处理未解释的差异和超时未发的订单。",
            "Explain the open differences and send what is late.",
        ),
        "refuted": Both(
            "保持；把结算准时率公开给商家。",
            "Keep it; show merchants how fast they are paid.",
        ),
        "undecided": Both("再等一些订单。", "Wait for more orders."),
        "not_measured": Both("等到一万个付款订单。", "Wait for ten thousand paid orders."),
    },
    acts=(
        goods.Restock, money.SettleOrder, money.ReconcileDay, money.ExplainDifference,
        fulfilment.ShipParcel, after_sale.JudgeCase, staff.SetRoles,
    ),
)  # fmt: skip
