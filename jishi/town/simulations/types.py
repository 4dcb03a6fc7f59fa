"""What a simulation is asked for with, and what a rehearsal told."""

from msgspec import Struct


class Tried(Struct, frozen=True, kw_only=True):
    """The dials: touches a person and week, cards an article, shares a sharer and week, discount.

    As they stand here they are the present policy.
    """

    touches_week: int = 3
    cards: int = 1
    share_quota: int = 7
    discount_percent: int = 0


class Band(Struct, frozen=True):
    """A change, as a part of what it was: the middle world, and where eight of ten lie."""

    low: float
    middle: float
    high: float


class Move(Struct, frozen=True):
    """What becomes of one question in a year; `better` is the direction that answers the critic."""

    question: str
    measure: str
    better: str
    change: Band | None


class Told(Struct, frozen=True):
    """What a rehearsal told, of each measure: month by month, the first month, the year."""

    people: int
    worlds: int
    months: dict[str, tuple[Band, ...]]
    first_month: dict[str, Band]
    year: dict[str, Band]
    moves: tuple[Move, ...]
