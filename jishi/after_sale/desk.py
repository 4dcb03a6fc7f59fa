"""After-sale as staff see it: the queue of a shop, the most urgent first. Read with `book=`."""

from datetime import datetime

import msgspec

from jishi.kernel import queries

TABS = ("ours", "market", "others", "ended")
"""Who is waited for: the seller, the market, somebody else, nobody any more."""


class QueueRow(msgspec.Struct, frozen=True):
    """A case in the queue; `case` is its public id, money in fen, times in UTC."""

    case_id: int
    case: str
    order_number: str
    title: str
    title_en: str
    kind: str
    quantity: int
    refund_fen: int
    state: str
    opened_at: datetime
    act_until: datetime | None


class QueueCount(msgspec.Struct, frozen=True):
    """How many cases wait for whom."""

    ours: int
    market: int
    others: int


class CaseFacts(msgspec.Struct, frozen=True):
    """What staff may still have to know of a case: what it could cost, and what was sent."""

    case_id: int
    most_fen: int
    is_replaced: bool


class ToldCase(msgspec.Struct, frozen=True):
    """A case that staff were told of; `public_id` leads to it."""

    about_id: int
    public_id: str
    title: str
    title_en: str


sql = queries(__file__)
queue = sql.many("queue", QueueRow)
counts = sql.one("counts", QueueCount)
facts = sql.one("facts", CaseFacts)
told = sql.many("told", ToldCase)
