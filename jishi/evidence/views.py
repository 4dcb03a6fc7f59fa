"""What is rolled over to the lake, row by row as the lake has it. Read with `book=`."""

from datetime import datetime

from msgspec import Struct

from jishi.evidence.forget_leavers import Folded
from jishi.kernel import queries


class EventRow(Struct, frozen=True):
    """A row of the lake's events; `day` is Shanghai's, counted from 1970."""

    event_id: int
    at: datetime
    day: int
    shop_id: int
    person_id: int
    actor_id: int
    session_id: int
    type: str
    object_type: str
    object_id: int
    amount_fen: int
    quantity: int
    value: float
    entry: str
    source: str
    touch_id: int
    share_id: int
    depth: int
    props: str


class ExposureRow(Struct, frozen=True):
    """A row of the lake's exposures."""

    exposure_id: int
    at: datetime
    day: int
    experiment: str
    arm: str
    unit_type: str
    unit_id: int
    propensity: float
    policy: str
    is_counterfactual: bool
    reason: str


class ContactRow(Struct, frozen=True):
    """A row of the lake's contacts."""

    contact_id: int
    at: datetime
    day: int
    person_id: int
    channel: str
    kind: str
    cost: int
    balance: int
    decision: str
    reason: str
    exposure_id: int


class Reach(Struct, frozen=True):
    """A book, and up to which event of it can be rolled over."""

    book: int
    kind: str
    until: int


class Copied(Struct, frozen=True):
    """Up to which batch pages were copied, and since when the market is open."""

    batch: int
    opened_at: datetime


class Leaver(Struct, frozen=True):
    """Somebody who left; `is_waiting` to be forgotten."""

    person_id: int
    is_waiting: bool


class OwnOrder(Struct, frozen=True):
    """An order of somebody's."""

    of_book: int
    order_id: int


sql = queries(__file__)
reach = sql.many("reach", Reach)
copied = sql.one("copied", Copied)
seen = sql.many("seen", EventRow)
of_orders = sql.many("of_orders", EventRow)
of_people = sql.many("of_people", EventRow)
of_settling = sql.many("of_settling", EventRow)
of_reconciling = sql.many("of_reconciling", EventRow)
exposures = sql.many("exposures", ExposureRow)
contacts = sql.many("contacts", ContactRow)
folded = sql.many("folded", Folded)
leavers = sql.many("leavers", Leaver)
own_orders = sql.many("own_orders", OwnOrder)
