"""An answer as pictures: its number against its bars, and how its arms differ."""

from jishi import objections
from jishi.objections import OBJECTIONS, Answer, Measure, Series
from jishi.pages.charts import Bar, Fan, Limit, Place, Sheet, interval_bars, line_chart
from jishi.pages.words import Words
from jishi.web.console.questions import words as lists
from jishi.web.console.questions.said import headline_of, number_said, of, sayer

UNITS = {"fen": "fen", "share": "share", "opens_again": "share"}
"""What an axis is counted in, where it is not a plain number."""


def mark(answer: Answer, words: Words) -> str:
    """Give the mark of what is not real."""
    _ = words.say
    return _("模拟") if answer.is_simulated else ""


def small(answer: Answer, words: Words) -> str:
    """Draw the one number of a tile; nothing where there is none."""
    measure = headline_of(answer)
    return against_bars(answer, measure, words, "tile") if measure else ""


def against_bars(answer: Answer, measure: Measure, words: Words, where: str) -> str:
    """Draw a number with its interval and the bars it is held against."""
    _ = words.say
    said = number_said(measure, OBJECTIONS[answer.question], words)
    told = _("{value}，区间 {interval}", value=said.value, interval=said.interval)
    name = f"{where}-{answer.question}-{measure.name}"
    sheet = Sheet(name, said.name, told, sayer(measure.unit, words), mark(answer, words))
    limits = [
        Limit(at, label, kind)
        for at, label, kind in (
            (measure.holds_at, _("成立"), "holds"), (measure.refuted_at, _("推翻"), "refuted"),
        )
        if at is not None
    ]  # fmt: skip
    if measure.holds_at == measure.refuted_at and measure.holds_at is not None:
        limits = [Limit(measure.holds_at, _("门槛"))]
    return interval_bars(sheet, [Bar("", measure.value, measure.low, measure.high)], limits)


def plotted(answer: Answer, words: Words) -> str:
    """Draw how the arms differ, or how it goes on from share to share."""
    plot = answer.plot
    if not any(series.points for series in plot.series):
        return ""
    axes = lists.axes_said(words)
    across, up = axes.get(plot.x, plot.x), axes.get(plot.y, plot.y)
    sheet = Sheet(
        f"plot-{answer.question}", of(OBJECTIONS[answer.question].title, words),
        f"{up} · {across}", sayer(UNITS.get(plot.y, "ratio"), words), mark(answer, words),
    )  # fmt: skip
    limits = [limit(each, words) for each in plot.limits]
    if plot.kind == "line":
        fans = [fan(each, answer.question, words) for each in plot.series]
        marks = [limit(each, words) for each in plot.marks]
        return line_chart(sheet, fans, (across, up), limits, marks)
    return interval_bars(
        sheet, [bar(each, answer, words) for each in plot.series if each.points], limits
    )


def limit(drawn: objections.Limit, words: Words) -> Limit:
    """Give a line through a plot in words; the bars of the claim have colours of their own."""
    said = lists.limits_said(words).get(drawn.name, drawn.name)
    return Limit(drawn.at, said, drawn.name if drawn.name in {"holds", "refuted"} else "limit")


def fan(series: Series, question: str, words: Words) -> Fan:
    """Give a line."""
    places = tuple(Place(each.x, each.value, each.low, each.high) for each in series.points)
    return Fan(lists.arm_said(question, series.name, words), places)


def bar(series: Series, answer: Answer, words: Words) -> Bar:
    """Give the bar of an arm, or of a measure where the plot is of measures."""
    point = series.points[0]
    named = OBJECTIONS[answer.question].measures.get(series.name)
    said = of(named, words) if named else lists.arm_said(answer.question, series.name, words)
    return Bar(said, point.value, point.low, point.high)
