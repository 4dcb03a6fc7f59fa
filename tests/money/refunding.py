"""Refunds for the tests: an order that was paid, and what is asked back of it."""

from uuid import uuid4

from jishi import money, trade
from jishi.kernel import Market, new_id
from tests.trade.paying import came, started, take


async def paid(market: Market, book: int) -> trade.PaymentStarted:
    """Place an order of three, and pay it."""
    attempt = await started(market, book)
    taken = await market.ask(take(book, came(attempt)))
    assert isinstance(taken, trade.PaymentTaken)
    assert taken.trouble == ""
    return attempt


def ask(
    book: int, order_id: int, fen: int, *, reason: str = "after_sale", refund_id: int | None = None
) -> money.AskRefund:
    """Ask so much back."""
    return money.AskRefund(
        key=uuid4(), book=book, actor_id=9, order_id=order_id, amount_fen=fen, reason=reason,
        cause_id=5, refund_id=new_id() if refund_id is None else refund_id,
    )  # fmt: skip


def end(book: int, refund_id: int, outcome: str) -> money.RecordRefund:
    """Tell how a refund ended."""
    return money.RecordRefund(
        key=uuid4(), book=book, actor_id=0, refund_id=refund_id, outcome=outcome
    )
