"""What the operator decides: the dials of a policy, and the experiments that run under it."""

from msgspec import Struct

from jishi.gauges.vocabulary import EXPERIMENTS

ARMS = {experiment.name: experiment.arms for experiment in EXPERIMENTS}


class Schedule(Struct, frozen=True, kw_only=True):
    """The days of the experiments, counted from the town's first."""

    start: int = 0
    # After so many days a person's reminders stop, and up to two weeks later.
    reminded_days: int = 56
    # From then on all read articles without cards; 0 never.
    same: int = 0
    # So long the posters hang.
    poster_days: int = 28


class Policy(Struct, frozen=True, kw_only=True):
    """The dials: what a shop offers and allows.

    `limit_week` is the budget of touches a person and week, none where nothing limits them.
    """

    touches_week: float = 3.0
    limit_week: float | None = 3.0
    cards: float = 1.0
    share_quota: int = 7
    discount_percent: int = 0
    reminders: bool = False
    experiments: tuple[str, ...] = ()
    schedule: Schedule = Schedule()


def thousandths(experiment: str) -> tuple[tuple[str, int], ...]:
    """Share an experiment's arms out: evenly, but a holdout is one in twenty each."""
    arms = ARMS[experiment]
    if experiment == "holdout":
        return (("all", 900), ("low", 50), ("none", 50))
    return tuple((arm, 1000 // len(arms)) for arm in arms)
