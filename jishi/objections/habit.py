"""Habit: buying is a habit, and it lives elsewhere."""

from jishi import people, trade
from jishi.objections.said import Both, Objection

HABIT = Objection(
    question="habit",
    title=Both("习惯", "Habit"),
    sentence=Both(
        "购物靠习惯，习惯有方向：买东西去淘宝，聊天用微信。微信里没有「来这里买」的基因。",
        "Buying is a habit, and habits have a direction: people shop elsewhere and chat here. "
        "Nothing in WeChat says “shop here”.",
    ),
    how=Both(
        "一半人收到复购提醒，一半人不收；之后全部停掉。"
        "停止后第 5 到 8 周还剩下多少差距，就是习惯。",
        "Half are reminded to buy again, half are not; then nobody is. What is left of the "
        "difference in the fifth to eighth week after is a habit.",
    ),
    formula=Both(
        "保持率 =（停止后：提醒组 − 对照组）÷（提醒期：提醒组 − 对照组），区间用 Fieller 法。",
        "persistence = (reminded − quiet, after) ÷ (reminded − quiet, while reminded); "
        "interval by Fieller.",
    ),
    instrument=Both(
        "缺复购提醒：市场还不会提醒顾客再买，所以没有可以停掉的东西。",
        "Reminders are missing: the market does not remind anybody yet, so nothing can be stopped.",
    ),
    measures={
        "persistence": Both("保持率", "What is left of the lift"),
        "unprompted": Both("无提示复购占比", "Repeat orders that nothing prompted"),
        "habit_share": Both("习惯买家占比", "Buyers with a rhythm of their own"),
        "drift": Both("复购实际÷预测（仅供参考）", "Repeat orders by forecast (decides nothing)"),
    },
    actions={
        "holds": Both(
            "提醒换不来习惯：减少提醒，先把再次购买做得更省事。",
            "Reminding makes no habit: remind less, and make buying again easier first.",
        ),
        "refuted": Both(
            "习惯正在养成：让老顾客一步复购，不必多提醒。",
            "Habits are forming: let regulars buy again in one step; there is no need to push.",
        ),
        "undecided": Both(
            "继续这次试验，不要中途改提醒。",
            "Let the experiment run; do not change the reminders meanwhile.",
        ),
        "not_measured": Both(
            "先看无提示复购占比，它不需要试验。",
            "Look at the share of repeat orders that nothing prompted; it needs no experiment.",
        ),
    },
    acts=(trade.OpenPurchase, trade.PutInCart, people.SaveAddress),
)
