"""What is said of one question on one day: everything a page, a file or a terminal shows of it."""

from msgspec import Struct


class Measure(Struct, frozen=True):
    """A measured number: its interval, its unit, and the bars it is held against.

    An end that is none has no bound. `unit` is one of share, ratio, fen, seconds, count and
    per_contact.
    """

    name: str
    value: float
    low: float | None
    high: float | None
    unit: str
    holds_at: float | None
    refuted_at: float | None


class Arm(Struct, frozen=True):
    """One arm of the experiment, or one source: how many units, and their mean of each measure."""

    name: str
    units: int
    means: dict[str, float]


class Point(Struct, frozen=True):
    """A point of a plot, with its interval."""

    x: float
    value: float
    low: float
    high: float


class Series(Struct, frozen=True):
    """Points that belong together, under a name (an arm, a source, a measure)."""

    name: str
    points: tuple[Point, ...]


class Limit(Struct, frozen=True):
    """A line through a plot: where it stands, and what it is (holds, refuted, withdrawn …)."""

    at: float
    name: str


class Plot(Struct, frozen=True):
    """What is drawn: `line` over x (days, issues, shares) or `bars` (one a series).

    `x` and `y` name the axes; `limits` are lines at numbers, across what is measured; `marks` are
    lines at places of x, where something began. Answers of earlier days know no marks.
    """

    kind: str
    x: str
    y: str
    series: tuple[Series, ...]
    limits: tuple[Limit, ...]
    marks: tuple[Limit, ...] = ()


class Answer(Struct, frozen=True):
    """What the data say of a question: the verdict, its numbers, and how one knows.

    `verdict` is holds, refuted, undecided or not_measured. `closed` names the gates that forbid a
    verdict, `missing` the instruments there are not, `unripe` the measures that rest on too few to
    count yet, `hangs_on` the measures that decided, or that are still in the way. `units_more` and
    `days_more` are the price of knowing, 0 where more would not help. `sample_ratio` is the
    probability of so uneven arms.
    """

    question: str
    as_of: str
    is_simulated: bool
    verdict: str
    measures: tuple[Measure, ...]
    arms: tuple[Arm, ...]
    sample_ratio: float
    closed: tuple[str, ...]
    missing: tuple[str, ...]
    units: int
    units_min: int
    days: int
    days_min: int
    units_more: int
    days_more: int
    design: str
    plot: Plot
    sql: str
    unripe: tuple[str, ...] = ()
    hangs_on: tuple[str, ...] = ()
