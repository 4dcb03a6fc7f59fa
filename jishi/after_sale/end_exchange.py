"""End an exchange: the buyer has other goods; or the seller has none, and the money goes back."""

from collections.abc import Sequence

from jishi.after_sale import steps
from jishi.after_sale.steps import Cases, Step
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx

ENDS = {"buyer": ("done", "replacement_came"), "seller": ("refunding", "replacement_given_up")}


class EndExchange(Request, frozen=True, kw_only=True):
    """The buyer (`actor_id`) has what was sent; or the seller has nothing to send.

    Refused: `doer_unknown`, `case_unknown`, `case_elsewhere`.
    """

    case_id: int
    doer: str


class ExchangeEnded(Event, frozen=True, kw_only=True):
    """The case (`subject_id`) stands in `state`; `refunding` means that money is owed."""

    order_id: int
    state: str
    refund_fen: int


async def gather(tx: Tx, asked: Sequence[EndExchange]) -> Cases:
    """Read the cases."""
    return await steps.cases(tx, [each.case_id for each in asked])


def decide(world: Cases, asked: EndExchange) -> ExchangeEnded | Refused:
    """Accept from the buyer once something was sent, from the seller until then."""
    if asked.doer not in ENDS:
        return Refused("doer_unknown")
    case = world.cases.get(asked.case_id)
    if case is None or (asked.doer == "buyer" and case.buyer_id != asked.actor_id):
        return Refused("case_unknown")
    if case.state != "exchange_shipping" or case.is_replaced != (asked.doer == "buyer"):
        return Refused("case_elsewhere", {"state": case.state})
    case.state = ENDS[asked.doer][0]
    return ExchangeEnded(
        subject_id=case.case_id, order_id=case.order_id, state=case.state,
        refund_fen=case.refund_fen,
    )  # fmt: skip


async def record(tx: Tx, happened: Sequence[Happened[EndExchange, ExchangeEnded]]) -> None:
    """Write the step."""
    await steps.step(
        tx,
        [
            Step(n, asked.case_id, e.state, asked.doer, asked.actor_id, ENDS[asked.doer][1], "")
            for asked, e, n in happened
        ],
    )


end_exchange = Act(EndExchange, ExchangeEnded, gather, decide, record)
