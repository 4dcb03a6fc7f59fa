"""What a budget of touches brings in a month and in a year, and what the last touch claims."""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from jishi.town.counterfactuals import MONTH, counted
from jishi.town.people import Town
from jishi.town.policy import Policy, Schedule
from jishi.town.simulation import Run, simulate

YEAR = 360
PUSHY = Policy(
    touches_week=6.3, limit_week=None, share_quota=7, schedule=Schedule(poster_days=MONTH)
)
"""A shop with something to say nearly every day."""

LIMITS = (1.0, 2.0, 3.0, 4.0, 5.0, 7.0, None)


class Rung(NamedTuple):
    """What came of a weekly limit, by follower of the first day."""

    limit: float | None
    first_month: float
    last_month: float
    year: float
    left: float
    opens: float


class LastTouch(NamedTuple):
    """Orders credited to the message before them, and orders that messages caused."""

    contacts: int
    credited: int
    caused: int

    @property
    def times(self) -> float:
        return self.credited / self.caused


def frontier(
    town: Town, policy: Policy = PUSHY, limits: Sequence[float | None] = LIMITS, days: int = YEAR
) -> tuple[Rung, ...]:
    """Let the town live under each limit."""
    return tuple(
        _rung(limit, simulate(town, replace(policy, limit_week=limit), days)) for limit in limits
    )


def _rung(limit: float | None, run: Run) -> Rung:
    followers = int(run.town.born.follows.sum())
    last = counted(run, "orders", run.days - MONTH)
    return Rung(
        limit=limit,
        first_month=counted(run, "orders", 0, MONTH) / followers,
        last_month=last / followers,
        year=counted(run, "orders") / followers,
        left=counted(run, "unfollows") / followers,
        opens=counted(run, "opens") / followers,
    )


def last_touch(town: Town, policy: Policy = PUSHY, days: int = YEAR) -> LastTouch:
    """Set what the last touch within three days is credited with beside what messages caused.

    The second needs a town that lives twice, or an experiment; the first is what reports show.
    """
    spoken = simulate(town, policy, days)
    silent = simulate(town, replace(policy, touches_week=0), days)
    return LastTouch(
        contacts=counted(spoken, "contacts"),
        credited=counted(spoken, "credited"),
        caused=counted(spoken, "orders") - counted(silent, "orders"),
    )
