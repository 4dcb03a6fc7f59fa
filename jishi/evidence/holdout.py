"""The holdout: of everybody who is met one in twenty hears no promotion, one in twenty little.

For ever, by his number: nothing is drawn, so nothing can be drawn again until it fits.
"""

from collections.abc import Sequence

from jishi.evidence.expose import Expose
from jishi.gauges.assignment import PARTS, arm_of, part
from jishi.kernel import MARKET, Reaction, Request, Told
from jishi.people import PersonMet

HOLDOUT, POLICY = "holdout", "holdout-1"
ARMS = (("none", 50), ("low", 50), ("all", 900))
"""In thousandths."""


def arm_for(person_id: int) -> str:
    """Give the arm of a person."""
    return arm_of(part(HOLDOUT, person_id), ARMS)


async def hold_out(told: Sequence[Told[PersonMet]]) -> Sequence[Sequence[Request]]:
    """Write into which arm each of them fell."""
    return [[_asked(each)] for each in told]


def _asked(told: Told[PersonMet]) -> Request:
    person_id = told.event.subject_id
    arm = arm_for(person_id)
    return Expose(
        key=told.key(HOLDOUT), book=MARKET, actor_id=person_id, experiment=HOLDOUT, arm=arm,
        unit_type="person", unit_id=person_id, propensity=dict(ARMS)[arm] / PARTS, policy=POLICY,
        reason="start",
    )  # fmt: skip


Reaction("evidence.hold_out", PersonMet, hold_out)
