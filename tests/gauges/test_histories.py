"""Buying histories: who buys by habit, and whether repeat orders come as was forecast."""

import numpy as np
import pytest

from jishi.gauges import habit
from jishi.gauges.terms import Terms
from tests.gauges.lakes import Pond

NEWEST = 300


def test_a_habit_has_a_rhythm_and_needs_no_prompt() -> None:
    pond = Pond()
    days = {
        1: (210, 240, 270, 299),  # a rhythm
        2: (210, 212, 214, 299),  # none: gaps of 2, 2 and 85
        3: (121, 150, 180, 210),  # the last too long ago
        4: (120, 121, 250, 280),  # the first too long ago: two gaps, and three unprompted
        5: (240, 270, 299),  # prompted once
        6: (299, 299, 299),  # one day is no rhythm
    }
    for person, his in days.items():
        for day in his:
            prompted = (person, day) == (5, 270)
            pond.seen("order.pay", person, day, entry="msg" if prompted else "direct")
    pond.sent(1, 292)  # a week before his last, which it may have prompted
    pond.sent(2, 291)  # too early for that
    pond.sent(2, 299, kind="transactional")
    pond.sent(3, 210, decision="deny")
    sums = habit.gather(pond.lake(), Terms(), NEWEST)
    assert (sums.histories.active, sums.histories.habitual) == (5, 2)
    # Repeats: not the first day's; less the prompted one, less the one within a week of a contact.
    assert (sums.repeats, sums.unprompted) == (14, 12)
    found = habit.measured(sums, 0.95, Terms())
    assert found["habit_share"].value == 2 / 5
    # Nobody forecasts from so few.
    assert "drift" not in found


@pytest.mark.parametrize(("pace", "drift"), [(1, 1.0), (2, 2.0)])
def test_repeat_orders_are_held_against_what_was_to_come(pace: int, drift: float) -> None:
    luck, pond, cut = np.random.default_rng(8), Pond(), NEWEST - 56
    for person, rate in enumerate(luck.gamma(2.0, 0.02, 900), start=1):
        day = float(luck.integers(40, 100))
        while day <= NEWEST:
            # Half of what would be ordered is, and all of it if the pace doubles.
            if (day > cut and pace > 1) or luck.random() < 0.5:
                pond.seen("order.pay", person, int(day))
            day += luck.exponential(0.5 / rate)
    known = habit.gather(pond.lake(), Terms(), NEWEST).histories
    assert known.came / known.forecast == pytest.approx(drift, rel=0.12)
