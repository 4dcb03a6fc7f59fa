"""The rules of tracking: what is kept of a carrier's words, and when a parcel is asked after."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from jishi.fulfilment.tracking.types import Scan
from jishi.ports.carrier.tracking import ENDS, STATES

TROUBLES = frozenset({"troubled", "lost", "returned"})
"""Of these somebody of the shop is told."""

SCANS_MAX = 200
SCANS_OF_A_PARCEL_MAX = 500
PLACE_CHARACTERS_MAX = 60
WORDS_CHARACTERS_MAX = 200
EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)
AHEAD_MAX = timedelta(days=366)
"""Nothing happened later than this; the clock of a WeChat that runs here may be wound so far."""

STUCK_AFTER = timedelta(days=3)
"""A parcel of which nothing was heard for so long is stuck."""

TRACKED_FOR = timedelta(days=60)
PAUSES = {
    "": timedelta(hours=1),
    "accepted": timedelta(hours=2),
    "in_transit": timedelta(hours=3),
    "out_for_delivery": timedelta(minutes=40),
    "troubled": timedelta(hours=6),
    "lost": timedelta(hours=24),
}
"""How long to wait before a parcel is asked after again, by how it stood; without news, an hour."""

FAILED_PAUSE, FAILED_PAUSE_MAX = timedelta(minutes=2), timedelta(hours=12)
NEEDS_PHONE = frozenset({"SF"})
"""Carriers that tell only whoever knows the last digits of the receiver's number."""

PHONE = re.compile(r"(?<!\d)(1\d{2})\d{4}(\d{4})(?!\d)")
LANDLINE = re.compile(r"(?<!\d)(0\d{2,3}-?)\d{4,5}(\d{3})(?!\d)")


def pause_after(state: str, failures: int) -> timedelta | None:
    """Give how long to wait before asking again; none when there is nothing more to hear."""
    if state in ENDS:
        return None
    if failures:
        times: int = 3 ** min(failures - 1, 10)
        return min(FAILED_PAUSE * times, FAILED_PAUSE_MAX)
    return PAUSES[state]


def kept(at: datetime, state: str, place: str, words: str) -> Scan:
    """Give what is kept of what a carrier said: in one line, short, nobody's number in it."""
    return Scan(
        at.astimezone(UTC),
        state,
        _line(place)[:PLACE_CHARACTERS_MAX],
        _line(words)[:WORDS_CHARACTERS_MAX],
    )


def _line(text: str) -> str:
    seen = "".join(each if each.isprintable() else " " for each in text)
    return LANDLINE.sub(r"\1****\2", PHONE.sub(r"\1****\2", " ".join(seen.split())))


def are_scans(scans: Sequence[Scan], now: datetime) -> bool:
    """Tell whether a table keeps these, and they can be true."""
    return 1 <= len(scans) <= SCANS_MAX and all(is_scan(each, now) for each in scans)


def is_scan(scan: Scan, now: datetime) -> bool:
    """Tell whether this is a known state at a moment that can be, in short words."""
    if scan.state not in STATES or scan.at.tzinfo is None:
        return False
    if not EARLIEST <= scan.at <= now + AHEAD_MAX:
        return False
    lines = ((scan.place, PLACE_CHARACTERS_MAX), (scan.words, WORDS_CHARACTERS_MAX))
    return all(len(line) <= most and line.isprintable() for line, most in lines)


def mark(carrier: str, tracking_number: str, scan: Scan) -> str:
    """Give what tells a scan from all others of its parcel."""
    at = scan.at.astimezone(UTC).isoformat()
    told = f"{carrier}\n{tracking_number}\n{at}\n{scan.state}\n{scan.place}\n{scan.words}"
    return sha256(told.encode()).hexdigest()[:32]
