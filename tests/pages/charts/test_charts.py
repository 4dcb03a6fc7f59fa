"""Charts: everything inside the paper, words for those who hear it, nothing unescaped."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jishi.pages.charts import (
    Bar,
    Fan,
    Group,
    Limit,
    Place,
    Sheet,
    grouped_bars,
    interval_bars,
    line_chart,
)
from jishi.pages.charts.scale import Scale, round_step, scale
from jishi.pages.charts.sheet import within

SHEET = Sheet("of-habit", "Persistence", "0.43, between 0.31 and 0.55", lambda each: f"{each:g}")
BARS = [Bar("prompted", 0.31, 0.28, 0.34), Bar("quiet", 0.22, None, 0.24)]
LIMITS = [Limit(0.2, "holds below", "holds"), Limit(0.5, "refuted above", "refuted")]
PLACES = tuple(Place(n, 9 / n, 8 / n, 10 / n) for n in range(1, 9))


def parsed(svg: str) -> ET.Element:
    """Read a chart as XML: it must be whole."""
    return ET.fromstring(str(svg))  # noqa: S314 - drawn by us a moment ago


def numbers(svg: str) -> list[float]:
    """Give every place named in its paths, boxes and dots."""
    tree = parsed(svg)
    found = [
        float(each)
        for path in tree.iter("path")
        for each in re.findall(r"-?[\d.]+", path.attrib["d"])
    ]
    for kind, names in (("rect", ("x", "y")), ("circle", ("cx", "cy")), ("text", ("x", "y"))):
        found += [float(each.attrib[name]) for each in tree.iter(kind) for name in names]
    return found


def charts(sheet: Sheet) -> list[str]:
    """Draw one of each kind."""
    return [
        interval_bars(sheet, BARS, LIMITS),
        line_chart(
            sheet,
            [Fan("opens", PLACES), Fan("orders", PLACES)],
            ("share", "opens"),
            LIMITS,
            [Limit(4, "since then")],
        ),
        grouped_bars(sheet, ["now", "then"], [Group("habit", (0.3, -0.2)), Group("media", (1, 2))]),
    ]


@pytest.mark.parametrize("number", range(3))
def test_a_chart_is_told_to_those_who_hear_it(number: int) -> None:
    tree = parsed(charts(SHEET)[number])
    assert tree.attrib["role"] == "img"
    ids = {each.attrib["id"]: each.text for each in tree if each.tag in {"title", "desc"}}
    assert tree.attrib["aria-labelledby"].split() == list(ids)
    assert list(ids.values()) == [SHEET.title, SHEET.told]


@pytest.mark.parametrize("number", range(3))
def test_what_is_drawn_is_on_the_paper(number: int) -> None:
    svg = charts(SHEET)[number]
    height = float(parsed(svg).attrib["viewBox"].split()[3])
    assert min(numbers(svg)) >= 0
    assert max(numbers(svg)) <= max(320, height)
    assert height < 400


@pytest.mark.parametrize("number", range(3))
def test_a_simulation_is_marked_in_the_picture_itself(number: int) -> None:
    marked = Sheet("x", "x", "x", SHEET.said, "SIMULATED")
    assert "SIMULATED" in charts(marked)[number]
    assert "SIMULATED" not in charts(SHEET)[number]


@pytest.mark.parametrize("number", range(3))
def test_nothing_that_is_named_is_read_as_markup(number: int) -> None:
    odd = '<script>"&'
    sheet = Sheet(odd, odd, odd, lambda _: odd, odd)
    svg = [
        interval_bars(sheet, [Bar(odd, 1, 0, 2)], [Limit(1, odd)]),
        line_chart(sheet, [Fan(odd, PLACES), Fan(odd, ())], (odd, odd)),
        grouped_bars(sheet, [odd], [Group(odd, (1,))]),
    ][number]
    assert "<script" not in svg
    parsed(svg)


def test_an_interval_without_a_bound_reaches_to_the_edge() -> None:
    tree = parsed(interval_bars(SHEET, [Bar("", 1.0, None, None)]))
    band = next(each for each in tree.iter("rect") if "band" in each.attrib["class"])
    assert (float(band.attrib["x"]), float(band.attrib["width"])) == (14, 292)


def test_a_bar_lies_where_its_numbers_are() -> None:
    tree = parsed(interval_bars(SHEET, [Bar("", 5.0, 2.0, 10.0)], [Limit(0.0, ""), Limit(10, "")]))
    spot = next(tree.iter("circle"))
    limits = [each for each in tree.iter("path") if each.attrib["class"] == "limit"]
    zero, ten = (float(re.findall(r"[\d.]+", each.attrib["d"])[0]) for each in limits)
    assert float(spot.attrib["cx"]) == pytest.approx((zero + ten) / 2, abs=0.2)


def test_nothing_to_draw_is_still_a_chart() -> None:
    for svg in (
        interval_bars(SHEET, []), line_chart(SHEET, [], ("x", "y")), grouped_bars(SHEET, [], []),
    ):  # fmt: skip
        parsed(svg)


reals = st.floats(-1e9, 1e9, allow_nan=False).filter(lambda each: abs(each) > 1e-6 or each == 0)


@given(st.lists(reals, max_size=6))
def test_a_scale_holds_its_numbers_and_names_a_few_round_ones(numbers: list[float]) -> None:
    made = scale(numbers, 0, 100)
    assert all(made.holds(each) and 0 <= made.at(each) <= 100 for each in numbers)
    assert 1 <= len(made.ticks()) <= 6
    assert all(made.low - 1e-6 * abs(made.low) <= each for each in made.ticks())


@pytest.mark.parametrize(("least", "step"), [(0.011, 0.02), (0.21, 0.25), (3, 5), (10, 10)])
def test_a_step_is_round(least: float, step: float) -> None:
    assert round_step(least) == pytest.approx(step)


def test_a_number_beyond_the_scale_stands_at_its_end() -> None:
    made = Scale(0, 10, 100, 0)
    assert [made.at(each) for each in (-5, 0, 5, 15)] == [100, 100, 50, 0]


def test_words_at_an_edge_stay_on_the_paper() -> None:
    assert within(0, "¥1,000.00") > 20
    assert within(320, "¥1,000.00") < 300
    assert within(160, "¥1,000.00") == 160
