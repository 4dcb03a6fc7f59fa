"""Opening hours: read as people type them, also past midnight."""

from datetime import datetime

import pytest

from jishi.goods import opening

WEEK = ["09:00-21:00", "", "22:00-02:00", "00:00-24:00", "09:00-21:00", "", ""]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (" 9:00 – 21:00", "09:00-21:00"), ("０９：００至２１：００", "09:00-21:00"), ("", ""),
        ("全天", "全天"), ("9-21", "9-21"),
    ],
)  # fmt: skip
def test_hours_are_read_as_they_are_typed(typed: str, read: str) -> None:
    assert opening.read(typed) == read


@pytest.mark.parametrize(
    ("day", "at", "until"),
    [
        (23, "09:00", "21:00"), (23, "08:59", ""), (23, "21:00", ""), (24, "12:00", ""),
        (25, "23:30", "02:00"), (25, "21:59", ""), (26, "01:59", "24:00"), (26, "23:59", "24:00"),
        (28, "12:00", ""),
    ],
)  # fmt: skip
def test_a_store_is_open_in_its_hours(day: int, at: str, until: str) -> None:
    # 23 November 2026 is a Monday.
    moment = datetime.fromisoformat(f"2026-11-{day} {at}")
    assert opening.open_until(WEEK, moment) == until


def test_after_midnight_the_day_before_still_counts() -> None:
    week = ["22:00-02:00", *[""] * 6]
    assert opening.open_until(week, datetime.fromisoformat("2026-11-24 01:59")) == "02:00"
    assert opening.open_until(week, datetime.fromisoformat("2026-11-24 02:00")) == ""
    assert opening.open_until([], datetime.fromisoformat("2026-11-24 02:00")) == ""


@pytest.mark.parametrize(
    ("week", "is_good"),
    [
        ([], True), (WEEK, True), ([""] * 7, True), (WEEK[:6], False), (["9:00-21:00"] * 7, False),
        (["09:00-09:00"] * 7, False), (["25:00-26:00"] * 7, False), (["全天"] * 7, False),
    ],
)  # fmt: skip
def test_what_is_no_week_is_known(week: list[str], is_good: bool) -> None:
    assert opening.are_hours(week) is is_good
