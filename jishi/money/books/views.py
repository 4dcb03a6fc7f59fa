"""What a shop's books show: what is held, the days compared, what differs. Read with `book=`."""

from datetime import date, datetime

import msgspec

from jishi.kernel import queries


class Holdings(msgspec.Struct, frozen=True):
    """Of orders not settled, on its way back, settled and not stated (fen); what differs.

    `owing_fen` went back after settlement, and no statement has netted it.
    """

    escrow_fen: int
    refunding_fen: int
    payable_fen: int
    owing_fen: int
    open_differences: int


class BilledDay(msgspec.Struct, frozen=True):
    """A day (China's) whose bill was compared; its sums in fen."""

    day: date
    line_count: int
    paid_fen: int
    refunded_fen: int
    fee_fen: int
    flow_count: int | None
    open_differences: int


class Movement(msgspec.Struct, frozen=True):
    """What came to a kind of account on a day and what went from it, in fen."""

    kind: str
    came_fen: int
    went_fen: int


class DifferenceRow(msgspec.Struct, frozen=True):
    """A difference, named by its event and position.

    The note and the actor are of who explained it, or of the first of two; empty and 0 for nobody.
    What WeChat's query said is in its own word, empty where it was not asked.
    """

    number: int
    position: int
    day: date
    kind: str
    out_number: str
    transaction_id: str
    ours_fen: int | None
    theirs_fen: int | None
    note: str
    actor_id: int
    said_state: str
    said_fen: int | None


class EndedDifference(DifferenceRow, frozen=True):
    """A difference that ended: how, and when (UTC)."""

    how: str
    ended_at: datetime


class Known(msgspec.Struct, frozen=True):
    """A difference that is there."""

    number: int


sql = queries(__file__)
holdings = sql.one("holdings", Holdings)
days = sql.many("days", BilledDay)
day_compared = sql.one("day_compared", BilledDay)
movements = sql.many("movements", Movement)
open_differences = sql.many("open_differences", DifferenceRow)
difference_known = sql.one("difference_known", Known)
ended_differences = sql.many("ended_differences", EndedDifference)
