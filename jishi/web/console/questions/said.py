"""An answer in the reader's words: its verdict, its number, what it would cost to know."""

import math
from collections.abc import Callable

import msgspec

from jishi.objections import OBJECTIONS, Answer, Both, Measure, Objection
from jishi.pages import formats
from jishi.pages.words import Words
from jishi.web.console.questions import words as lists

HEADLINES = {
    "habit": "persistence", "media": "content_value_ratio", "conversion": "margin_after_cost",
    "boundary": "relation_ratio", "ecology": "slope", "moments": "decay",
    "weight": "latency_p95_seconds", "operation": "perfect_order",
}  # fmt: skip
"""The number of each question, unless its verdict hangs on others; those are in its drawer."""

BOUNDLESS = "∞"


class Number(msgspec.Struct, frozen=True):
    """A measure in words: its name, its value, its interval, the bars it is held against."""

    name: str
    value: str
    low: str
    high: str
    holds_at: str
    refuted_at: str

    @property
    def interval(self) -> str:
        """Give the interval."""
        return f"{self.low} … {self.high}"


class Spoken(msgspec.Struct, frozen=True):
    """An answer in words. `tone` is how it is coloured, `price` what it would cost to know."""

    question: str
    title: str
    verdict: str
    tone: str
    action: str
    headline: Number | None
    gates: tuple[str, ...]
    missing: str
    price: str
    design: str
    units: str
    days: int


def spoken(answer: Answer, words: Words) -> Spoken:
    """Say an answer."""
    objection = OBJECTIONS[answer.question]
    headline = headline_of(answer)
    return Spoken(
        question=answer.question,
        title=of(objection.title, words),
        verdict=lists.verdicts_said(words)[answer.verdict],
        tone=tone(answer),
        action=of(objection.actions[stage(answer)], words),
        headline=number_said(headline, objection, words) if headline else None,
        gates=gates(answer, words) if answer.measures else (),
        missing=missing(answer, objection, words),
        price=price(answer, words),
        design=lists.designs_said(words).get(answer.design, answer.design),
        units=f"{answer.units:,}",
        days=answer.days,
    )


def stage(answer: Answer) -> str:
    """Say whose action fits: what has its instrument, and too few data yet, is undecided."""
    is_begun = answer.verdict == "not_measured" and bool(answer.measures)
    return "undecided" if is_begun else answer.verdict


def of(both: Both, words: Words) -> str:
    """Give the reader's side."""
    return words.pick(both.zh, both.en)


def tone(answer: Answer) -> str:
    """Say how an answer is coloured: only what was measured by a known design, through open gates.

    A number won by crediting whatever was touched last has no such design: it stays grey.
    """
    is_sound = not answer.closed and answer.design in DESIGNS
    return answer.verdict if is_sound or answer.verdict == "not_measured" else "undecided"


DESIGNS = frozenset(lists.designs_said(Words("zh-CN")))


def headline_of(answer: Answer) -> Measure | None:
    """Give the number that the verdict hangs on, the question's own before others.

    Where it hangs on none it is the question's own; where that is missing, the first with a bar.
    """
    own = HEADLINES[answer.question]
    name = own if own in answer.hangs_on or not answer.hangs_on else answer.hangs_on[0]
    known = {each.name: each for each in answer.measures}
    held = [each for each in answer.measures if each.holds_at is not None]
    return known.get(name) or (held[0] if held else None)


def in_order(answer: Answer) -> list[Measure]:
    """Give the measures, the one number first, then those with bars."""
    first = headline_of(answer)
    return sorted(answer.measures, key=lambda each: (each is not first, barless(each)))


def barless(measure: Measure) -> bool:
    """Tell whether nothing depends on it."""
    return measure.holds_at is None and measure.refuted_at is None


def missing(answer: Answer, objection: Objection, words: Words) -> str:
    """Name the instrument that is missing, if it is for want of one that nothing is decided.

    What is counted has no arms that could be too small: what is missing of it has no instrument.
    """
    is_wanting = answer.verdict == "not_measured" and not answer.measures
    is_partial = answer.verdict == "undecided" and answer.design == "counts" and answer.missing
    return of(objection.instrument, words) if is_wanting or is_partial else ""


def gates(answer: Answer, words: Words) -> tuple[str, ...]:
    """Say which gates are closed, with how far they are from opening, and what is left out."""
    _, known = words.say, lists.gates_said(words)
    far = {
        "too_few": f"{answer.units:,} / {answer.units_min:,}",
        "too_short": f"{answer.days} / {answer.days_min}",
    }
    closed = [
        f"{known[each]} ({far[each]})" if each in far else known[each] for each in answer.closed
    ]
    if answer.unripe and "too_few" not in answer.closed:
        said = OBJECTIONS[answer.question].measures
        names = words.pick("、", ", ").join(of(said[each], words) for each in answer.unripe)
        closed.append(_("还太少，先不算：{names}", names=names))
    return tuple(closed)


def price(answer: Answer, words: Words) -> str:
    """Say what it would cost to know."""
    _ = words.say
    if answer.verdict == "undecided" and not answer.units_more:
        if any(_is_boundless(each) for each in answer.measures):
            return _("区间还没有尽头，说不出还要多少。")
        return _("按现在的数字，只加人也判不了。")
    if answer.verdict not in {"undecided", "not_measured"} or not (
        answer.units_more or answer.days_more
    ):
        return ""
    if not answer.units_more:
        return _("还要 {days} 天。", days=f"{answer.days_more:,}")
    if not answer.days_more:
        return _("还要 {units} 个。", units=f"{answer.units_more:,}")
    return _(
        "还要 {units} 个，按现在的速度约 {days} 天。",
        units=f"{answer.units_more:,}", days=f"{answer.days_more:,}",
    )  # fmt: skip


def _is_boundless(measure: Measure) -> bool:
    """Tell whether a number that decides may be anything yet, as by a divisor that may be 0."""
    has_bar = measure.holds_at is not None or measure.refuted_at is not None
    return has_bar and (measure.low is None or measure.high is None)


def number_said(measure: Measure, objection: Objection, words: Words) -> Number:
    """Say a measured number."""
    say = sayer(measure.unit, words)
    named = objection.measures.get(measure.name)
    return Number(
        name=of(named, words) if named else measure.name,
        value=say(measure.value),
        low=f"−{BOUNDLESS}" if measure.low is None else say(measure.low),
        high=BOUNDLESS if measure.high is None else say(measure.high),
        holds_at="" if measure.holds_at is None else say(measure.holds_at),
        refuted_at="" if measure.refuted_at is None else say(measure.refuted_at),
    )


def sayer(unit: str, words: Words) -> Callable[[float], str]:
    """Give how numbers of a unit are said."""
    _ = words.say
    if unit in {"share", "per_contact"}:
        return lambda value: minus(f"{round(value * 100, 1):g} %")
    if unit == "fen":
        return lambda value: formats.price(round(value))
    if unit == "seconds":
        return lambda value: _("{seconds} 秒", seconds=f"{value:.2f}")
    if unit == "count":
        return lambda value: minus(f"{round(value, 1):g}")
    return plain


def plain(value: float) -> str:
    """Say a number in three digits."""
    digits = max(0, 2 - math.floor(math.log10(abs(value)))) if value else 0
    return minus(f"{round(value, min(digits, 4)):g}" if abs(value) < 1_000 else f"{value:,.0f}")  # noqa: PLR2004 - whole from there


def minus(said: str) -> str:
    """Write the sign as it is printed; nothing is less than nothing."""
    return said.replace("-0 %", "0 %").replace("-", "−")
