"""Send goods back: the buyer names the parcel that they are in."""

from collections.abc import Sequence

from jishi.after_sale import rules, steps
from jishi.after_sale.steps import Cases, Parcel, Step
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx


class SendBack(Request, frozen=True, kw_only=True):
    """The buyer (`actor_id`) sent the goods by this carrier, under this number.

    Refused: `parcel_unclear`, `case_unknown`, `case_elsewhere`.
    """

    case_id: int
    carrier: str
    tracking_number: str


class SentBack(Event, frozen=True, kw_only=True):
    """The goods of the case (`subject_id`) are on their way to the seller."""


async def gather(tx: Tx, asked: Sequence[SendBack]) -> Cases:
    """Read the cases."""
    return await steps.cases(tx, [each.case_id for each in asked])


def decide(world: Cases, asked: SendBack) -> SentBack | Refused:
    """Accept a parcel that can be traced."""
    if not rules.is_parcel(asked.carrier, asked.tracking_number):
        return Refused("parcel_unclear")
    case = steps.led(world, asked.case_id, "seller_to_receive", "buyer", asked.actor_id)
    return case if isinstance(case, Refused) else SentBack(subject_id=case.case_id)


async def record(tx: Tx, happened: Sequence[Happened[SendBack, SentBack]]) -> None:
    """Write the parcel and the step."""
    await steps.note_parcels(
        tx,
        [
            Parcel(n, asked.case_id, "buyer", asked.carrier, asked.tracking_number)
            for asked, _, n in happened
        ],
    )
    await steps.step(
        tx,
        [
            Step(n, asked.case_id, "seller_to_receive", "buyer", asked.actor_id, "sent_back", "")
            for asked, _, n in happened
        ],
    )


send_back = Act(SendBack, SentBack, gather, decide, record)
