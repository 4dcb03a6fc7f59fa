"""What a policy and its experiments come to for each person: a dial each, an arm each."""

from typing import NamedTuple

import numpy as np

from jishi.town.draws import Bytes, Places, Singles, parts
from jishi.town.people import NEVER, Town
from jishi.town.policy import ARMS, Policy, Schedule, thousandths
from jishi.town.rules import UNLIMITED

JITTER_WEEKS = 3


class Dials(NamedTuple):
    """A place for each person; a block of people has the same, sliced."""

    offered: Singles
    limit: Singles
    cards: Singles
    quota: Places
    recommended: Singles
    named: Bytes
    told: Bytes
    deep: Bytes
    prompted: Bytes
    stops: Places
    ghost: Bytes


def dials(town: Town, policy: Policy) -> Dials:
    """Set everybody's dials by the policy, then turn those that an experiment assigns."""
    people, schedule = town.people, policy.schedule
    found = Dials(
        offered=np.full(people, policy.touches_week / 7, np.float32),
        limit=np.full(people, _limit(policy.limit_week), np.float32),
        cards=np.full(people, policy.cards, np.float32),
        quota=np.full(people, policy.share_quota, np.int32),
        recommended=np.zeros(people, np.float32),
        named=np.ones(people, np.uint8),
        told=np.ones(people, np.uint8),
        deep=np.full(people, policy.discount_percent > 0, np.uint8),
        prompted=np.full(people, policy.reminders, np.uint8),
        stops=np.full(people, NEVER, np.int32),
        ghost=np.zeros(people, np.uint8),
    )
    given = {name: arms(town, name) for name in policy.experiments}
    if "prompts" in given:
        found.prompted[:] = given["prompts"] == 0
        found.stops[:] = stops(town, schedule)
    _turn(found, given)
    return found


def _turn(found: Dials, given: dict[str, Bytes]) -> None:
    """Turn the dials whose arms are simply on or off, then the ladder, then the holdouts."""
    if "cards" in given:
        found.cards[given["cards"] == 1] = 0
        found.cards[given["cards"] == 0] = np.maximum(found.cards[given["cards"] == 0], 1)
    switches: dict[str, Bytes | Singles] = {
        "depth": found.deep,
        "named": found.named,
        "told": found.told,
        "recommender": found.recommended,
    }
    for name, dial in switches.items():
        if name in given:
            dial[:] = given[name] == 0
    if "ladder" in given:
        rungs = [_limit(None if arm == "none" else float(arm)) for arm in ARMS["ladder"]]
        found.limit[:] = np.array(rungs, np.float32)[given["ladder"]]
    if "holdout" in given:
        found.limit[given["holdout"] == 1] = 1
        found.ghost[:] = given["holdout"] == 2  # noqa: PLR2004 - the third arm, as named


def stops(town: Town, schedule: Schedule) -> Places:
    """Give the day on which each one's reminders stop: not all in one week."""
    weeks = parts("prompts.stop", town.ids) % JITTER_WEEKS
    return schedule.start + schedule.reminded_days + 7 * weeks


def arms(town: Town, experiment: str) -> Bytes:
    """Give which arm of an experiment each person is in, by its place among the arms."""
    ends = np.cumsum([share for _, share in thousandths(experiment)])
    found: Bytes = np.searchsorted(ends, parts(experiment, town.ids), side="right").astype(np.uint8)
    return found


def _limit(week: float | None) -> float:
    return UNLIMITED if week is None else week


def turn_all(held: Dials, to: Dials) -> None:
    """Turn everybody's dials: an experiment begins."""
    for name in Dials._fields:
        getattr(held, name)[:] = getattr(to, name)


def sliced(held: Dials, low: int, high: int) -> Dials:
    return Dials._make(dial[low:high] for dial in held)
