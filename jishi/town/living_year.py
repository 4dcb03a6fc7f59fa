"""A town's life kept as a lake: the days are lived, told, and written where gauges look."""

from collections.abc import Callable
from pathlib import Path

from jishi.town.emission import emit, keep
from jishi.town.people import settle
from jishi.town.policy import ARMS, Policy, Schedule
from jishi.town.simulation import simulate

BEFORE_DAYS = 30
"""The experiments begin after a month, so that one can see that the arms were alike."""


def live_year(  # noqa: PLR0913 - a life is its people, its days and where it is told
    policy: Policy,
    *,
    people: int,
    days: int,
    seed: int,
    until: int,
    folder: Path | None,
    tell: Callable[[int], object] = bool,
) -> dict[str, int]:
    """Live so many days with every experiment; give what was counted, and write it if wished.

    `until` is the first day, since 1970-01-01, that is not lived any more.
    """
    schedule = Schedule(start=min(BEFORE_DAYS, days // 4), same=days * 3 // 4)
    tried = Policy(
        touches_week=policy.touches_week, limit_week=policy.limit_week, cards=policy.cards,
        share_quota=policy.share_quota, discount_percent=policy.discount_percent,
        reminders=True, experiments=tuple(ARMS), schedule=schedule,
    )  # fmt: skip
    town = settle(people, seed, first_day=until - days)
    run = simulate(town, tried, days, keeps=folder is not None, threads=2, tell=tell)
    if folder is not None:
        keep(emit(run), folder)
    return {name: int(counts.sum()) for name, counts in run.counts.items()}
