"""Conversion: followers do not become buyers, least of all those who were bought."""

from jishi import people, trade
from jishi.objections.said import Both, Objection

CONVERSION = Objection(
    question="conversion",
    title=Both("转化", "Conversion"),
    sentence=Both(
        "涨粉容易，成交难。拿优惠换来的粉丝只买差价，不会按原价买第二次。",
        "Followers are easy, buyers are not. Those who came for a discount buy the difference in "
        "price, and never again at the full one.",
    ),
    how=Both(
        "同一张海报，按扫码人的编号随机给或不给关注优惠。多出来的毛利减去优惠成本，除以多出来的关注者。",
        "On the same poster, whether following is rewarded is decided by the scanner's number. "
        "The further margin, less what it cost, is divided by the further followers.",
    ),
    formula=Both(
        "每多一位关注者的价值 =（毛利 − 成本 的差）÷（关注率的差），180 天内，区间用 Fieller 法。",
        "worth of one more follower = difference of (margin − cost) ÷ difference of the share "
        "that follows, within 180 days; interval by Fieller.",
    ),
    instrument=Both(
        "缺来源：关注者从哪张海报、哪个优惠来，市场还不记。",
        "Sources are missing: the market does not yet note which poster or offer won a follower.",
    ),
    measures={
        "margin_after_cost": Both("每多一位关注者的净毛利", "Margin after cost, one more follower"),
        "first_orders": Both(
            "首单差距（大优惠 − 无优惠）", "Followers who come to order, rewarded less others"
        ),
        "promotion_orders": Both("推广带来的每人订单", "Orders a head that promotion adds"),
        "repeat_ratio": Both("再次购买比（大优惠 ÷ 无优惠）", "Buying again, rewarded by others"),
    },
    actions={
        "holds": Both(
            "降低优惠力度，把预算移到朋友分享等来源。",
            "Lower the reward and move the budget to sources that pay, such as friends.",
        ),
        "refuted": Both("这个来源值得继续投入。", "This source is worth more of the budget."),
        "undecided": Both("没有定论之前不要加码。", "Do not raise the reward before it is known."),
        "not_measured": Both(
            "先给每张海报一个自己的码。", "Begin with a code of its own on each poster."
        ),
    },
    acts=(people.MeetPerson, trade.PlaceOrder),
)
