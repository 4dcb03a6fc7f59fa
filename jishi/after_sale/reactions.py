"""What follows in after-sale: money that is owed is asked back, and its end is followed.

Where nothing is owed any more, because it was given back elsewhere, there is nothing to wait for.
"""

from collections.abc import Sequence
from uuid import UUID

from jishi.after_sale.agree_case import CaseAgreed
from jishi.after_sale.close_refunded import CloseRefunded
from jishi.after_sale.end_exchange import ExchangeEnded
from jishi.after_sale.follow_refund import FollowRefund, RefundFollowed
from jishi.after_sale.judge_case import CaseJudged
from jishi.after_sale.lapse_case import CaseLapsed
from jishi.after_sale.lower_cases import CasesLowered, LowerCases
from jishi.after_sale.receive_goods import GoodsReceived
from jishi.after_sale.retry_refund import RefundRetried
from jishi.fulfilment import FinishShipping
from jishi.kernel import Reaction, Request, Told, new_id
from jishi.money import AskRefund, ExternalRefundRecorded, RefundEnded

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
        _owed(told.key("refund"), told.book, event.order_id, event.subject_id, event.refund_fen)
    ]


def _owed(key: UUID, book: int, order_id: int, case_id: int, fen: int) -> Request:
    """Ask a case's money back, or lead it on where it is owed nothing."""
    if not fen:
        return FollowRefund(key=key, book=book, actor_id=0, case_id=case_id, outcome="succeeded")
    return AskRefund(
        key=key, book=book, actor_id=0, refund_id=new_id(), order_id=order_id, amount_fen=fen,
        reason="after_sale", cause_id=case_id,
    )  # fmt: skip


async def lower(told: Sequence[Told[ExternalRefundRecorded]]) -> Sequence[Sequence[Request]]:
    """Let the cases of an order give back no more than is left of it."""
    return [
        [
            LowerCases(
                key=each.key("lower"), book=each.book, actor_id=0, order_id=each.event.order_id
            )
        ]
        for each in told
    ]


async def ask_lowered(told: Sequence[Told[CasesLowered]]) -> Sequence[Sequence[Request]]:
    """Ask what is left for cases whose money was asked for in vain."""
    return [
        [
            _owed(
                each.key(f"refund {lowered.case_id}"), each.book, each.event.subject_id,
                lowered.case_id, lowered.refund_fen,
            )
            for lowered in each.event.cases
            if lowered.state == "refunding"
        ]
        for each in told
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
Reaction("after_sale.lower_cases", ExternalRefundRecorded, lower)
Reaction("after_sale.refund_lowered", CasesLowered, ask_lowered)
