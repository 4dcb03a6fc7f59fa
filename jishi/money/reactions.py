"""What follows in money: refunds are asked of WeChat, looked for, and taken from its bills."""

from collections.abc import Sequence
from uuid import UUID, uuid5

from jishi.kernel import Reaction, Request, Told, new_id
from jishi.money.ask_refund import RefundAsked
from jishi.money.asking import Back
from jishi.money.books.note_answer import NoteAnswer
from jishi.money.gateway import gateway
from jishi.money.late.record_external_refund import RecordExternalRefund
from jishi.money.look_for_refund import RefundLookedFor
from jishi.money.reconcile_day import DayReconciled
from jishi.money.record_refund import RecordRefund
from jishi.money.rules import attempt_of
from jishi.money.settle_refund import RefundSettling

ENDS = UUID("5f0d5e9c-8a3b-4c0e-9d5a-6a6973686905")
"""The namespace of ends that a notice told: told again, it is the same end."""


def end_refund(key: UUID, book: int, refund_id: int, outcome: str) -> RecordRefund:
    """Give the request that records how a refund ended.

    The key is of who told: an abnormal refund that is settled may end so a second time.
    """
    return RecordRefund(key=key, book=book, actor_id=0, refund_id=refund_id, outcome=outcome)


def end_told(notice_id: str, book: int, refund_id: int, outcome: str) -> RecordRefund:
    """Give the request that records what a notice told."""
    return end_refund(uuid5(ENDS, notice_id), book, refund_id, outcome)


async def ask(told: Sequence[Told[RefundAsked]]) -> Sequence[Sequence[Request]]:
    """Ask WeChat for each refund; asked again it is the same one."""
    return [await _asked(each) for each in told]


async def _asked(told: Told[RefundAsked]) -> Sequence[Request]:
    event = told.event
    back = Back(
        event.out_refund_no, event.out_trade_no, event.amount_fen, event.paid_fen, event.reason
    )
    outcome = await gateway.refund(back)
    return [end_refund(told.key("end"), told.book, event.subject_id, outcome)] if outcome else []


async def settle(told: Sequence[Told[RefundSettling]]) -> Sequence[Sequence[Request]]:
    """Let WeChat send each abnormal refund to our card; the look sees how it ends."""
    for each in told:
        await gateway.settle_refund(each.event.out_refund_no)
    return [[] for _ in told]


async def look(told: Sequence[Told[RefundLookedFor]]) -> Sequence[Sequence[Request]]:
    """Ask WeChat how each refund stands."""
    return [await _looked(each) for each in told]


async def _looked(told: Told[RefundLookedFor]) -> Sequence[Request]:
    event = told.event
    back = Back(
        event.out_refund_no, event.out_trade_no, event.amount_fen, event.paid_fen, event.reason
    )
    outcome = await gateway.refund_stands(back)
    return [end_refund(told.key("end"), told.book, event.subject_id, outcome)] if outcome else []


async def record_external(told: Sequence[Told[DayReconciled]]) -> Sequence[Sequence[Request]]:
    """Record the refunds that a bill has and nobody asked for here, once by WeChat's number."""
    return [
        [
            RecordExternalRefund(
                key=each.key(line.wechat_refund_id), book=each.book, actor_id=0,
                refund_id=new_id(), out_trade_no=line.out_trade_no, out_refund_no=line.out_number,
                wechat_refund_id=line.wechat_refund_id, amount_fen=line.amount_fen,
                refunded_at=line.traded_at,
            )
            for line in (found.refunded for found in each.event.found)
            if line is not None and line.out_trade_no
        ]
        for each in told
    ]  # fmt: skip


ASKED_MAX = 50
"""So many differences of a day WeChat is asked about; where there are more, the bill is wrong."""


async def ask_about(told: Sequence[Told[DayReconciled]]) -> Sequence[Sequence[Request]]:
    """Ask WeChat how the payments and refunds of ours stand that a day's bills differ about."""
    return [await _asked_about(each) for each in told]


async def _asked_about(told: Told[DayReconciled]) -> Sequence[Request]:
    """Note what it says of each; where nobody can be asked, nothing is noted."""
    ours = [
        (position, each)
        for position, each in enumerate(told.event.found, start=1)
        if attempt_of(each.out_number)[0] == told.book
    ]
    if not ours or await gateway.ready() is None:
        return []
    said = [
        (position, await gateway.said_of(each.out_number, is_refund=each.of == "refund"))
        for position, each in ours[:ASKED_MAX]
    ]
    return [
        NoteAnswer(
            key=told.key(f"answer {position}"), book=told.book, actor_id=0, number=told.number,
            position=position, state=state, amount_fen=amount_fen,
        )
        for position, (state, amount_fen) in said
    ]  # fmt: skip


Reaction("money.ask_refund", RefundAsked, ask)
Reaction("money.settle_refund", RefundSettling, settle)
Reaction("money.look_for_refund", RefundLookedFor, look)
Reaction("money.record_external_refunds", DayReconciled, record_external)
Reaction("money.ask_about_differences", DayReconciled, ask_about)
