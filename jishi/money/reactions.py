"""What follows in money: refunds are asked of WeChat, and looked for."""

from collections.abc import Sequence
from uuid import UUID, uuid5

from jishi.kernel import Reaction, Request, Told
from jishi.money.ask_refund import RefundAsked
from jishi.money.gateway import Back, gateway
from jishi.money.look_for_refund import RefundLookedFor
from jishi.money.record_refund import RecordRefund

ENDS = UUID("5f0d5e9c-8a3b-4c0e-9d5a-6a6973686905")
"""The namespace of ends: told and asked for, a refund ends once."""


def end_refund(book: int, refund_id: int, outcome: str) -> RecordRefund:
    """Give the request that records how a refund ended."""
    key = uuid5(ENDS, f"{book} {refund_id} {outcome}")
    return RecordRefund(key=key, book=book, actor_id=0, refund_id=refund_id, outcome=outcome)


async def ask(told: Sequence[Told[RefundAsked]]) -> Sequence[Sequence[Request]]:
    """Ask WeChat for each refund; asked again it is the same one."""
    return [await _asked(each) for each in told]


async def _asked(told: Told[RefundAsked]) -> Sequence[Request]:
    event = told.event
    back = Back(
        event.out_refund_no, event.out_trade_no, event.amount_fen, event.paid_fen, event.reason
    )
    outcome = await gateway.refund(back)
    return [end_refund(told.book, event.subject_id, outcome)] if outcome else []


async def look(told: Sequence[Told[RefundLookedFor]]) -> Sequence[Sequence[Request]]:
    """Ask WeChat how each refund stands."""
    return [await _looked(each) for each in told]


async def _looked(told: Told[RefundLookedFor]) -> Sequence[Request]:
    event = told.event
    back = Back(
        event.out_refund_no, event.out_trade_no, event.amount_fen, event.paid_fen, event.reason
    )
    outcome = await gateway.refund_stands(back)
    return [end_refund(told.book, event.subject_id, outcome)] if outcome else []


Reaction("money.ask_refund", RefundAsked, ask)
Reaction("money.look_for_refund", RefundLookedFor, look)
