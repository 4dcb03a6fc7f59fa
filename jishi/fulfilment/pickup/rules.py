"""The rules of pickup: what is kept of a code, and how often a wrong one may be tried."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

TRIES = ((10, timedelta(minutes=15)), (50, timedelta(days=1)))
"""So many wrong codes in so long a time; the next must wait until the first of them is so old.

A day's 50 of 100,000,000,000 codes: a member who guesses finds one of a shop's thousand open
vouchers once in five thousand years.
"""

TURNS_MAX = 4
"""So many codes a voucher may choose of."""

DIGEST = re.compile(r"[0-9a-f]{32}")


def is_digest(text: str) -> bool:
    """Tell whether this could be kept of a code."""
    return DIGEST.fullmatch(text) is not None


def minutes_locked(tries: Sequence[datetime], now: datetime) -> int:
    """Give the minutes until a code may be tried again, begun ones whole; 0 when it may be now."""
    found = timedelta()
    for tries_max, window in TRIES:
        recent = sorted(tried for tried in tries if tried > now - window)
        if len(recent) >= tries_max:
            found = max(found, recent[-tries_max] + window - now)
    return -int(-found.total_seconds() // 60)
