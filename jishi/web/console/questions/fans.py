"""What a rehearsal told, as pictures: month by month, and in which direction the eight move."""

from jishi.objections import OBJECTIONS
from jishi.pages.charts import Bar, Fan, Limit, Place, Sheet, interval_bars, line_chart
from jishi.pages.words import Words
from jishi.town.simulations import Band, Move, Told
from jishi.web.console.questions.said import minus, of


def of_rehearsal(told: Told, words: Words) -> dict[str, object]:
    """Give the pictures and the tables of a rehearsal."""
    _ = words.say
    known = measures_said(words)
    bands = ((_("前 30 天"), "month", told.first_month), (_("十二个月"), "year", told.year))
    return {
        "spans": [
            (title, spanned(title, name, span, words),
             [(known.get(each, each), *band_said(band)) for each, band in span.items()])
            for title, name, span in bands
        ],
        "fans": [
            (known.get(each, each), fanned(each, fan, words)) for each, fan in told.months.items()
        ],
        "moves": [move_said(each, words) for each in told.moves],
        "worlds": told.worlds, "people": f"{told.people:,}",
    }  # fmt: skip


def measures_said(words: Words) -> dict[str, str]:
    """Give what a rehearsal counts."""
    _ = words.say
    return {
        "orders": _("订单数"), "opens": _("文章打开"), "unfollows": _("取消关注"),
        "bought_here": _("在这里买的占比"), "order_a_follow": _("每位新关注者的订单"),
        "declines": _("分享被拒"), "opens_a_share": _("每次分享的打开数"),
    }  # fmt: skip


def per_cent(change: float) -> str:
    """Say a change in per cent, with its sign."""
    return minus(f"{round(change * 100, 1):+g} %").replace("+0 %", "0 %").replace("−0 %", "0 %")


def band_said(band: Band) -> tuple[str, str, str]:
    """Say a band."""
    return per_cent(band.middle), per_cent(band.low), per_cent(band.high)


def sheet(name: str, title: str, told: str, words: Words) -> Sheet:
    """Give the paper, marked as what it is."""
    _ = words.say
    return Sheet(name, title, told, per_cent, _("模拟"))


def spanned(title: str, name: str, span: dict[str, Band], words: Words) -> str:
    """Draw the changes of a span of time, against no change."""
    _, known = words.say, measures_said(words)
    bars = [Bar(known.get(each, each), b.middle, b.low, b.high) for each, b in span.items()]
    told = _("与现在的做法相比的变化")
    return interval_bars(sheet(f"span-{name}", title, told, words), bars, [Limit(0, "")])


def fanned(measure: str, fan: tuple[Band, ...], words: Words) -> str:
    """Draw the changes month by month, with the band of the worlds."""
    _ = words.say
    known = measures_said(words)
    places = tuple(Place(n, b.middle, b.low, b.high) for n, b in enumerate(fan, 1))
    title, told = known.get(measure, measure), _("与现在的做法相比的变化")
    paper = sheet(f"fan-{measure}", title, told, words)
    return line_chart(paper, [Fan(title, places)], (_("第几个月"), told), [Limit(0, "")])


def move_said(move: Move, words: Words) -> tuple[str, str, str, str, str]:
    """Say where a question moves: its title, what is counted, the change, the judgement, its tone.

    A band that holds nought says nothing.
    """
    _ = words.say
    title = of(OBJECTIONS[move.question].title, words)
    if move.change is None:
        return title, "", "—", _("这些旋钮动不了它"), "not_measured"
    middle, low, high = band_said(move.change)
    measure = measures_said(words).get(move.measure, move.measure)
    said = f"{middle} ({low} … {high})"
    if move.change.low <= 0 <= move.change.high:
        return title, measure, said, _("看不出方向"), "undecided"
    is_better = (move.change.low > 0) == (move.better == "more")
    judged, tone = (_("变好"), "refuted") if is_better else (_("变差"), "holds")
    return title, measure, said, judged, tone
