"""Days as the lake counts them: since 1970-01-01, in Shanghai."""

from datetime import UTC, date, datetime

from jishi.pages.formats import SHANGHAI

EPOCH = date(1970, 1, 1).toordinal()


def day_number(day: date) -> int:
    """Give the number of a day."""
    return day.toordinal() - EPOCH


def this_day() -> int:
    """Give the number of today."""
    return day_number(datetime.now(UTC).astimezone(SHANGHAI).date())
