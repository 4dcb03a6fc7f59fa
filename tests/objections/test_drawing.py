"""What is drawn of a question says what was measured, and nothing that was not."""

import math

import pytest

from jishi.gauges import conversion, ecology, operation, questions, weight
from jishi.gauges.spreads import Spread
from jishi.gauges.terms import Terms
from jishi.gauges.types import Interval, Moments, Reading
from jishi.objections import Limit, drawing
from jishi.objections.drawing.marks import bars_of, weeks_drawn

AXES = ("weeks_beside_same", "content_value_a_week")


def weeks(*numbers: int) -> Spread:
    """Give two who did as much as the week's number and one more, on average."""
    return Spread(2, {}, {}, {each: Moments(2, 2.0 * each + 2, 200.0) for each in numbers})


def test_weeks_stand_on_both_sides_of_what_happened() -> None:
    plot = weeks_drawn({"plain": weeks(-2, -1, 0, 1), "cards": weeks(-1)}, AXES, "same")
    drawn = {each.name: [(point.x, point.value) for point in each.points] for each in plot.series}
    assert drawn == {"cards": [(-1, 0)], "plain": [(-2, -1), (-1, 0), (1, 1), (2, 2)]}
    assert plot.marks == (Limit(0, "same"),)
    # What has not happened yet is not marked; who was not seen in any week is not drawn.
    early = weeks_drawn({"plain": weeks(-1), "cards": Spread(2, {}, {})}, AXES, "same")
    assert ([each.name for each in early.series], early.marks) == (["plain"], ())


def test_the_largest_sources_are_drawn_and_what_one_more_brings_if_it_is_known() -> None:
    of = {str(n): Spread(n, {"gained": n * 5.0}, {"gained*gained": n * 25.0}) for n in range(1, 11)}
    sums = conversion.Sums({}, of, {}, (), 90, {})
    more = Reading(3.0, Interval(1.0, 5.0))
    plot = drawing.conversion.plot(sums, {"margin_after_cost": more}, Terms())
    names = [each.name for each in plot.series]
    assert names == ["10", "9", "8", "7", "6", "5", "4", "3", "margin_after_cost"]
    assert plot.limits == (Limit(0, "zero"),)
    boundless = {"margin_after_cost": Reading(3.0, Interval(-math.inf, math.inf))}
    assert len(drawing.conversion.plot(sums, boundless, Terms()).series) == 8


def test_the_bars_of_a_claim_are_lines_across() -> None:
    found = bars_of(questions.HABIT, "persistence")
    assert found == (Limit(0.2, "holds"), Limit(0.5, "refuted"))
    assert bars_of(questions.HABIT, "drift") == ()


def test_what_is_beyond_what_is_allowed_lies_beyond_the_line() -> None:
    used = drawing.weight.used
    assert used(Reading(2.0, Interval(1.5, 3.0)), 1, is_high=False).interval.low == 1.5
    lacking = used(Reading(0.9, Interval(0.85, 0.96)), 0.95, is_high=True)
    found = (lacking.value, lacking.interval.low, lacking.interval.high)
    assert found == pytest.approx((2.0, 0.8, 3.0))
    names = ("latency_p95_seconds", "payment_success", "recommender_lift")
    readings = dict.fromkeys(names, Reading(0.96, Interval(0.95, 0.97)))
    sums = weight.Sums({}, 0, 0, 0, 0, {}, {}, 9)
    plot = drawing.weight.plot(sums, readings, Terms())
    drawn = {each.name: each.points[0].value for each in plot.series}
    assert drawn == pytest.approx({"latency_p95_seconds": 0.96, "payments_failed": 0.8})
    # Of a few pages the slowest may not have come yet: there is no upper end to draw.
    boundless = {"latency_p95_seconds": Reading(0.5, Interval(0.4, math.inf))}
    assert not drawing.weight.plot(sums, boundless, Terms()).series


def test_orders_that_go_wrong_of_late_cross_the_line_of_alarm() -> None:
    course = {day: (100, 99 if day < 60 else 90) for day in range(70)}
    plot = drawing.operation.plot(operation.Sums(course, {}, {}, 0, 0, 70), {}, Terms())
    (alarm, _), points = plot.limits, plot.series[0].points
    assert alarm.name == "alarm"
    assert (points[0].x, points[-1].x) == (-69, 0)
    assert max(point.value for point in points[:60]) < alarm.at < points[-1].value
    assert not drawing.operation.plot(operation.Sums({}, {}, {}, 0, 0, 0), {}, Terms()).series


def test_the_ladder_is_drawn_by_what_came_and_says_where_one_is() -> None:
    def rung(contacts: float, activity: float) -> Spread:
        units, squares = 100, {"contacts*contacts": 0.0, "activity*activity": 400.0}
        totals = {"contacts": contacts * 100, "activity": activity * 100, "early": 200.0}
        return Spread(units, totals, squares)

    arms = {"none": rung(5, 1.0), "1": rung(1, 1.5), "3": rung(3, 1.6)}
    plot = drawing.ecology.plot(ecology.Sums(arms, "1", "3", 90, {}), {}, Terms())
    read, response, early = plot.series
    assert [(each.x, each.value) for each in read.points] == [(1, 1.5), (3, 1.6), (5, 1.0)]
    fitted = [each.value for each in response.points]
    assert fitted == sorted(fitted, reverse=True)
    assert [(each.x, each.value) for each in early.points] == [(1, 2), (3, 2), (5, 2)]
    assert plot.marks == (Limit(3, "here"),)
