"""Formats: money without a float, times that are left."""

from datetime import UTC, datetime, timedelta

import pytest

from jishi.pages.formats import minutes_left, money, price


@pytest.mark.parametrize(
    ("fen", "shown"),
    [
        (0, "¥0.00"),
        (1, "¥0.01"),
        (16_800, "¥168.00"),
        (116_805, "¥1,168.05"),
        (-320, "−¥3.20"),
        (100_000_000, "¥1,000,000.00"),
        (2**63 - 1, "¥92,233,720,368,547,758.07"),
    ],
)
def test_money_is_exact(fen: int, shown: str) -> None:
    assert price(fen) == shown


def test_the_yuan_are_large_and_the_fen_are_small() -> None:
    assert money(116_805) == "<span class=money><small>¥</small>1,168<small>.05</small></span>"


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(900, 15), (899, 15), (61, 2), (60, 1), (1, 1), (0, 0), (-5, 0)]
)
def test_a_begun_minute_is_left(seconds: int, minutes: int) -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    assert minutes_left(now + timedelta(seconds=seconds), now) == minutes
