"""Formats of money, numbers and time, the same on every page."""

from datetime import datetime, timedelta, timezone

from minijinja import safe

SHANGHAI = timezone(timedelta(hours=8))
"""China has one time zone, and no summer time since 1991."""


def price(fen: int) -> str:
    """Give an amount as plain text: ¥1,168.00, −¥3.20."""
    yuan, rest = divmod(abs(fen), 100)
    return f"{'−' if fen < 0 else ''}¥{yuan:,}.{rest:02}"


def money(fen: int) -> str:
    """Give an amount as a page shows it: the yuan large, the sign and the fen small."""
    sign, _, digits = price(fen).partition("¥")
    yuan, _, rest = digits.partition(".")
    return safe(f"<span class=money><small>{sign}¥</small>{yuan}<small>.{rest}</small></span>")


def minutes_left(until: datetime, now: datetime) -> int:
    """Give the minutes left, begun ones whole; none when the time is over."""
    return max(0, -int((now - until).total_seconds() // 60))
