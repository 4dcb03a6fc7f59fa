"""Statements by the clock: only in the first days of a month, of the month before."""

from datetime import date

import pytest

from jishi.money.statements import month_before


@pytest.mark.parametrize(
    ("day", "until"),
    [
        (date(2026, 3, 1), date(2026, 2, 28)),
        (date(2028, 3, 3), date(2028, 2, 29)),
        (date(2027, 1, 2), date(2026, 12, 31)),
        (date(2026, 3, 4), None),
        (date(2026, 3, 31), None),
    ],
)
def test_the_month_before_is_stated_in_the_first_days(day: date, until: date | None) -> None:
    assert month_before(day) == until
