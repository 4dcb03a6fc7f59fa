"""Ecology: commerce ruins the place where people meet."""

from jishi import people
from jishi.objections.said import Both, Objection

ECOLOGY = Objection(
    question="ecology",
    title=Both("生态", "Ecology"),
    sentence=Both(
        "好的社交不产生交易，交易会毁掉社交的生态；打扰多了，人就走了。",
        "Good company makes no trade, and trade ruins the company: disturb people, and they leave.",
    ),
    how=Both(
        "每人长期生活在一个每周触达上限下（1、2、3、5 次或不限），由编号决定，永不更换。"
        "看分到这一级的人（离开的算零）还读多少、走了多少。",
        "Each person lives under one weekly limit of contacts for good (1, 2, 3, 5 or none), "
        "decided by number. What those assigned to a rung still read, leavers counted as nought, "
        "and how many left.",
    ),
    formula=Both(
        "斜率 = ln(现级阅读 ÷ 最低级阅读) ÷ 每周多出的触达；"
        "流失差 = 最低级留存 − 现级留存；留存 = 各周 (1 − 本周离开 ÷ 周初仍在) 的乘积，最多半年。",
        "slope = ln(reading here ÷ reading on the lowest rung) ÷ further contacts a week; "
        "survival loss = survival on the lowest rung − here; survival = the product over weeks, "
        "half a year at most, of 1 − who left in the week ÷ who was here when it began.",
    ),
    instrument=Both(
        "缺触达：市场只发交易通知，还不发营销消息，没有可以比较的上限。",
        "Contacts are missing: the market sends what becomes of orders and nothing else, "
        "so there are no limits to compare.",
    ),
    measures={
        "slope": Both("每多一次触达的变化", "Change of reading, each further weekly contact"),
        "survival_loss": Both("多流失的比例", "Share who left more than on the lowest rung"),
        "harm": Both("每千次触达的伤害", "Unfollows and complaints in a thousand contacts"),
    },
    actions={
        "holds": Both(
            "每周上限降一级；先用推演看一年后的订单。",
            "One rung down; rehearse first what it does to orders in a year.",
        ),
        "refuted": Both("现在的上限可以保留。", "The present limit may stay."),
        "undecided": Both(
            "每人留在现在的上限，别按头一个月下结论：方向常常相反。",
            "Leave everybody at his limit, and do not judge by the first month: it often points "
            "the wrong way.",
        ),
        "not_measured": Both(
            "还没有打扰任何人；开始发消息之前先定上限。",
            "Nobody is being disturbed; set a limit before the first message.",
        ),
    },
    acts=(people.GiveConsent, people.WithdrawConsent, people.ErasePerson),
)
