"""The rules of simulations: how large one may be, how far a dial turns, what may come of it."""

from datetime import datetime, timedelta

import msgspec

from jishi.town.simulations.types import Told, Tried

LIFE, REHEARSAL = "life", "rehearsal"
KINDS = (LIFE, REHEARSAL)
TROUBLES = ("extra_missing", "failed", "too_long")
PEOPLE_MIN, PEOPLE_MAX = 500, 200_000
DAYS_MIN, DAYS_MAX = 30, 730
SEED_MAX = 2**31 - 1
DIALS_MAX = {"touches_week": 14, "cards": 6, "share_quota": 21, "discount_percent": 60}
RESULT_BYTES_MAX = 131_072

SIMULATION_MINUTES_MAX = 10
"""A simulation that said nothing for so long has ended, whatever became of it."""


def is_under_way(started_at: datetime, now: datetime) -> bool:
    """Tell whether a simulation without an end may still come to one."""
    return started_at > now - timedelta(minutes=SIMULATION_MINUTES_MAX)


def is_within_bounds(kind: str, people: int, days: int, seed: int) -> bool:
    """Tell whether such a town may live."""
    is_sized = PEOPLE_MIN <= people <= PEOPLE_MAX and DAYS_MIN <= days <= DAYS_MAX
    return kind in KINDS and is_sized and 0 <= seed <= SEED_MAX


def are_turned_within_bounds(tried: Tried) -> bool:
    """Tell whether every dial is where it can be turned to."""
    return all(0 <= getattr(tried, dial) <= most for dial, most in DIALS_MAX.items())


def read(result: str) -> Told | None:
    """Read what a rehearsal told; none where it is not that."""
    try:
        return msgspec.json.decode(result, type=Told)
    except msgspec.DecodeError:
        return None


def is_result(kind: str, trouble: str, result: str) -> bool:
    """Tell whether this may come of a simulation: numbers of a rehearsal, nothing of anything else.

    In ASCII, so that no letter of it is unfit for a row.
    """
    if trouble or kind == LIFE:
        return not result
    is_fit = result.isascii() and "\x00" not in result and len(result) <= RESULT_BYTES_MAX
    return is_fit and read(result) is not None
