"""The rules of what a person decides about himself: plain functions of plain values."""

import re
from datetime import timedelta

PURPOSES = ("rules", "privacy")
"""What somebody may agree to: the market's rules, and how it deals with his data."""

PLACES = ("sign_in", "privacy_page")
VERSION = re.compile(r"[0-9a-f]{16}")

EXPORTS_MAX, EXPORTS_WITHIN = 10, timedelta(days=1)
SAYINGS_MAX = 1_000
"""So many sayings, sessions and addresses of a person are read at once."""


def is_clear(purpose: str, version: str, place: str) -> bool:
    """Tell whether this says to what somebody agreed, and where."""
    is_known = purpose in PURPOSES and place in PLACES
    return is_known and VERSION.fullmatch(version) is not None
