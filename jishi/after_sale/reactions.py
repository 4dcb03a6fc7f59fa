"""What follows in after-sale: money that is owed is asked back, and its end is followed."""

from collections.abc import Sequence

from jishi.after_sale.agree_case import CaseAgreed
from jishi.after_sale.close_refunded import CloseRefunded
from jishi.after_sale.end_exchange import ExchangeEnded
from jishi.after_sale.follow_refund import FollowRefund, RefundFollowed
from jishi.after_sale.judge_case import CaseJudged
from jishi.after_sale.lapse_case import CaseLapsed
from jishi.after_sale.receive_goods import GoodsReceived
from jishi.after_sale.retry_refund import RefundRetried
from jishi.fulfilment import FinishShipping
from jishi.kernel import Reaction, Request, Told, new_id
from jishi.money import AskRefund, RefundEnded

Owing = (
    Told[CaseAgreed]
    | Told[GoodsReceived]
    | Told[ExchangeEnded]
    | Told[CaseJudged]
    | Told[CaseLapsed]
    | Told[RefundRetried]
)
"""What may leave money owed: when the case is `refunding` now."""


async def ask_refund(told: Sequence[Owing]) -> Sequence[Sequence[Request]]:
    """Ask the money of each case back that is refunding now; once, by the event's key."""
    return [_asked(each) for each in told]


def _asked(told: Owing) -> Sequence[Request]:
    event = told.event
    if event.state != "refunding":
        return []
    return [
        AskRefund(
            key=told.key("refund"), book=told.book, actor_id=0, refund_id=new_id(),
            order_id=event.order_id, amount_fen=event.refund_fen, reason="after_sale",
            cause_id=event.subject_id,
        )
    ]  # fmt: skip


async def follow(told: Sequence[Told[RefundEnded]]) -> Sequence[Sequence[Request]]:
    """Lead the case of each refund on."""
    return [
        [
            FollowRefund(
                key=each.key("follow"), book=each.book, actor_id=0, case_id=each.event.cause_id,
                outcome=each.event.outcome,
            )
        ]
        if each.event.reason == "after_sale"
        else []
        for each in told
    ]  # fmt: skip


async def close(told: Sequence[Told[RefundFollowed]]) -> Sequence[Sequence[Request]]:
    """Close each order whose money is all back; what was sent in part may be all that goes."""
    return [
        [
            CloseRefunded(
                key=each.key("close"), book=each.book, actor_id=0, order_id=each.event.order_id
            ),
            FinishShipping(
                key=each.key("finish"), book=each.book, actor_id=0, order_id=each.event.order_id
            ),
        ]
        if each.event.state == "done"
        else []
        for each in told
    ]


Reaction("after_sale.refund_agreed", CaseAgreed, ask_refund)
Reaction("after_sale.refund_received", GoodsReceived, ask_refund)
Reaction("after_sale.refund_exchange_ended", ExchangeEnded, ask_refund)
Reaction("after_sale.refund_judged", CaseJudged, ask_refund)
Reaction("after_sale.refund_lapsed", CaseLapsed, ask_refund)
Reaction("after_sale.refund_retried", RefundRetried, ask_refund)
Reaction("after_sale.follow_refund", RefundEnded, follow)
Reaction("after_sale.close_refunded", RefundFollowed, close)
