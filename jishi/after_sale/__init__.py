"""After-sale 售后: a buyer wants money or other goods for what was bought. Its verbs are its files.

A case stands for units of one line of an order. Who may lead it where is one table, `rules.py`;
what it is worth is one function, `apportion.py`; where somebody is waited for, a clock runs.
"""

from jishi.after_sale import clock, completion, desk, feed, news, reactions, rules, views
from jishi.after_sale.agree_case import AgreeCase, CaseAgreed
from jishi.after_sale.apportion import Bought, Claim, claim, left_of, refundable_fen
from jishi.after_sale.change_case import CaseChanged, ChangeCase
from jishi.after_sale.close_refunded import CloseRefunded, RefundedClosed
from jishi.after_sale.complete_order import CompleteOrder, OrderCompleted
from jishi.after_sale.end_exchange import EndExchange, ExchangeEnded
from jishi.after_sale.escalate_case import CaseEscalated, EscalateCase
from jishi.after_sale.follow_refund import FollowRefund, RefundFollowed
from jishi.after_sale.judge_case import CaseJudged, JudgeCase
from jishi.after_sale.lapse_case import CaseLapsed, LapseCase
from jishi.after_sale.lower_cases import CasesLowered, LowerCases
from jishi.after_sale.open_case import CaseOpened, OpenCase
from jishi.after_sale.receive_goods import GoodsReceived, ReceiveGoods
from jishi.after_sale.refuse_case import CaseRefused, RefuseCase
from jishi.after_sale.refuse_goods import GoodsRefused, RefuseGoods
from jishi.after_sale.retry_refund import RefundRetried, RetryRefund
from jishi.after_sale.send_back import SendBack, SentBack
from jishi.after_sale.send_replacement import ReplacementSent, SendReplacement
from jishi.after_sale.show_photograph import PhotographShown, ShowPhotograph
from jishi.after_sale.withdraw_case import CaseWithdrawn, WithdrawCase

__all__ = [
    "AgreeCase",
    "Bought",
    "CaseAgreed",
    "CaseChanged",
    "CaseEscalated",
    "CaseJudged",
    "CaseLapsed",
    "CaseOpened",
    "CaseRefused",
    "CaseWithdrawn",
    "CasesLowered",
    "ChangeCase",
    "Claim",
    "CloseRefunded",
    "CompleteOrder",
    "EndExchange",
    "EscalateCase",
    "ExchangeEnded",
    "FollowRefund",
    "GoodsReceived",
    "GoodsRefused",
    "JudgeCase",
    "LapseCase",
    "LowerCases",
    "OpenCase",
    "OrderCompleted",
    "PhotographShown",
    "ReceiveGoods",
    "RefundFollowed",
    "RefundRetried",
    "RefundedClosed",
    "RefuseCase",
    "RefuseGoods",
    "ReplacementSent",
    "RetryRefund",
    "SendBack",
    "SendReplacement",
    "SentBack",
    "ShowPhotograph",
    "WithdrawCase",
    "claim",
    "clock",
    "completion",
    "desk",
    "feed",
    "left_of",
    "news",
    "reactions",
    "refundable_fen",
    "rules",
    "views",
]
