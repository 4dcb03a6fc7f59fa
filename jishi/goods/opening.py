"""Opening hours of a store: a text a day of the week, `09:00-21:00`, or empty when it is closed."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta

DAYS = 7
HOURS = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)")
TYPED = re.compile(r"([0-9]{1,2}):([0-9]{2})-([0-9]{1,2}):([0-9]{2})")


def are_hours(hours: Sequence[str]) -> bool:
    """Tell whether these are the hours of a week, or of no week at all: nobody said them."""
    return len(hours) in {0, DAYS} and all(
        not each or (HOURS.fullmatch(each) and each[:5] != each[6:]) for each in hours
    )


def read(typed: str) -> str:
    """Read a day's hours as somebody typed them; what is none comes back as it was."""
    plain = "".join(unicodedata.normalize("NFKC", typed).split())
    for dash in "–—~至到":
        plain = plain.replace(dash, "-")
    found = TYPED.fullmatch(plain)
    return "{:0>2}:{}-{:0>2}:{}".format(*found.groups()) if found else plain


def open_until(hours: Sequence[str], local: datetime) -> str:
    """Give when a store that is open at this moment (of its own clock) closes; else nothing.

    A day that ends before it begins goes on after midnight.
    """
    if len(hours) != DAYS:
        return ""
    now = f"{local:%H:%M}"
    begun = hours[local.weekday()]
    if begun and begun[:5] <= now and (now < begun[6:] or begun[6:] < begun[:5]):
        return begun[6:]
    before = hours[(local - timedelta(days=1)).weekday()]
    is_still = before and before[6:] < before[:5] and now < before[6:]
    return before[6:] if is_still else ""
