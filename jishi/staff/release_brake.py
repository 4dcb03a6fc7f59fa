"""Release a brake: scheduled work goes on that had stopped itself."""

from collections.abc import Sequence

from jishi.kernel import MARKET, Act, Event, Happened, Refused, Request, Tx, schedule


class ReleaseBrake(Request, frozen=True, kw_only=True):
    """The work of this name goes on; asked in the market's book.

    Refused: `wrong_book`, `brake_unknown`.
    """

    name: str


class BrakeReleased(Event, frozen=True, kw_only=True):
    """The market's (`subject_id`) work of this name goes on."""

    name: str


async def gather(tx: Tx, _asked: Sequence[ReleaseBrake]) -> set[str]:
    """Read what stopped itself."""
    return {each.name for each in await schedule.braked(tx)}


def decide(world: set[str], asked: ReleaseBrake) -> BrakeReleased | Refused:
    """Accept what had stopped itself."""
    if asked.book != MARKET:
        return Refused("wrong_book")
    if asked.name not in world:
        return Refused("brake_unknown")
    world.remove(asked.name)
    return BrakeReleased(subject_id=MARKET, name=asked.name)


async def record(tx: Tx, happened: Sequence[Happened[ReleaseBrake, BrakeReleased]]) -> None:
    """Let them go on."""
    await schedule.release_brakes(tx, names=[event.name for _, event, _ in happened])


release_brake = Act(ReleaseBrake, BrakeReleased, gather, decide, record)
