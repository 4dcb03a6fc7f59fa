"""Expose: a unit is put into an arm of an experiment; each moment of it happens to it once."""

from collections.abc import Sequence

from msgspec import Struct

from jishi.gauges.vocabulary import EXPERIMENTS
from jishi.kernel import MARKET, Act, Event, Happened, Refused, Request, Tx, columns, queries

POLICY_CHARACTERS_MAX = 40
KNOWN = {each.name: each for each in EXPERIMENTS}


class Expose(Request, frozen=True, kw_only=True):
    """A unit falls into an arm. Asked of the market's book.

    Refused: `exposure_unclear` (no such experiment, unit, arm, moment or probability), `exposed`.
    """

    experiment: str
    arm: str
    unit_type: str
    unit_id: int
    propensity: float
    policy: str
    reason: str
    is_counterfactual: bool = False


class Exposed(Event, frozen=True, kw_only=True):
    """The unit (`subject_id`) is in the arm from now on."""

    experiment: str
    arm: str


class Known(Struct, frozen=True):
    """A moment that happened to a unit already."""

    experiment: str
    unit_type: str
    unit_id: int
    reason: str


World = set[tuple[str, str, int, str]]
sql = queries(__file__)
known = sql.many("known", Known)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[Expose]) -> World:
    """Read what happened to these units."""
    found = await known(tx, unit_ids=sorted({each.unit_id for each in asked}))
    return {(each.experiment, each.unit_type, each.unit_id, each.reason) for each in found}


def decide(world: World, asked: Expose) -> Exposed | Refused:
    """Accept what the vocabulary knows, once."""
    if not is_clear(asked):
        return Refused("exposure_unclear")
    moment = (asked.experiment, asked.unit_type, asked.unit_id, asked.reason)
    if moment in world:
        return Refused("exposed")
    world.add(moment)
    return Exposed(subject_id=asked.unit_id, experiment=asked.experiment, arm=asked.arm)


def is_clear(asked: Expose) -> bool:
    """Tell whether the vocabulary knows this experiment, whom it assigns, to what, and when."""
    its = KNOWN.get(asked.experiment)
    if its is None or asked.book != MARKET or asked.unit_id <= 0:
        return False
    is_said = asked.arm in its.arms and asked.reason in its.moments
    is_named = 0 < len(asked.policy) <= POLICY_CHARACTERS_MAX and asked.policy.isprintable()
    return is_said and is_named and asked.unit_type == its.unit and 0 < asked.propensity <= 1


async def record(tx: Tx, happened: Sequence[Happened[Expose, Exposed]]) -> None:
    """Write who is in which arm since when."""
    rows = [
        (
            number, asked.experiment, asked.arm, asked.unit_type, asked.unit_id, asked.propensity,
            asked.policy, asked.is_counterfactual, asked.reason,
        )
        for asked, _, number in happened
    ]  # fmt: skip
    await write(tx, **columns(
        rows, "numbers", "experiments", "arms", "unit_types", "unit_ids", "propensities",
        "policies", "counterfactuals", "reasons",
    ))  # fmt: skip


expose = Act(Expose, Exposed, gather, decide, record)
