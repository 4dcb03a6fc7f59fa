"""Settle an abnormal refund: it could not go back the way it came, so our own card gets it.

Source: WeChat Pay v3, "Apply for an abnormal refund": to the merchant's bank card, from where the
merchant pays the buyer; the refund goes on under the same number until it succeeds.
"""

from collections.abc import Sequence

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx
from jishi.money import refunds, rules
from jishi.money.types import Refund


class SettleRefund(Request, frozen=True, kw_only=True):
    """Somebody (`actor_id`) wants an abnormal refund to be settled by our card.

    Refused: `refund_unknown`, `refund_not_abnormal`.
    """

    refund_id: int


class RefundSettling(Event, frozen=True, kw_only=True):
    """The refund goes on; WeChat is to be asked, and looked at until it ends."""

    order_id: int
    out_refund_no: str


World = dict[int, Refund]


async def gather(tx: Tx, asked: Sequence[SettleRefund]) -> World:
    """Read the refunds."""
    return await refunds.refunds(tx, [each.refund_id for each in asked])


def decide(world: World, asked: SettleRefund) -> RefundSettling | Refused:
    """Accept what is abnormal; its money stays set aside."""
    refund = world.get(asked.refund_id)
    if refund is None:
        return Refused("refund_unknown")
    if refund.state != "abnormal":
        return Refused("refund_not_abnormal", {"state": refund.state})
    refund.state = "asked"
    return RefundSettling(
        subject_id=refund.refund_id,
        order_id=refund.order_id,
        out_refund_no=rules.out_refund_no(asked.book, refund.refund_id),
    )


async def record(tx: Tx, happened: Sequence[Happened[SettleRefund, RefundSettling]]) -> None:
    """Write that they go on, and when they are looked for."""
    await refunds.write_again(tx, refund_ids=[event.subject_id for _, event, _ in happened])


settle_refund = Act(SettleRefund, RefundSettling, gather, decide, record)
