"""The nouns of the evidence as plain records."""

from datetime import datetime

from msgspec import Struct

MARKET = 1
"""The market's own book."""


class Sight(Struct, frozen=True, kw_only=True):
    """What there was to see, or what was done: a type of the vocabulary, and to what.

    `page` is which kind of page it was, where the type says no more.
    """

    type: str
    object_type: str
    book: int = MARKET
    object_id: int = 0
    quantity: int = 0
    value: float = 0.0
    page: str = ""


class Seen(Struct, frozen=True, kw_only=True):
    """Who saw it, on which visit. Who may be named is seen later.

    `person_id` is a guest's or a person's id as the browser says.
    """

    at: datetime
    sight: Sight
    person_id: int
    session_id: int
    entry: str
    is_robot: bool


class Origin(Struct, frozen=True, kw_only=True):
    """Through which visit an order came, and whose it is."""

    book: int
    order_id: int
    person_id: int
    session_id: int
    entry: str


class Visit(Struct, frozen=True):
    """A visit: its number, through which door it came, when it was last seen (epoch's minutes)."""

    session_id: int
    entry: str
    minute: int
