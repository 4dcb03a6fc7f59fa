"""What differs between WeChat's bill of a day and the ledger: every difference, none invented.

The prose is in docs/algorithms/reconciliation.md.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone

import msgspec

from jishi.money.rules import attempt_of, is_text

BEIJING = timezone(timedelta(hours=8))
"""WeChat's days are China's."""

READY = time(10)
"""A bill is there from ten in the morning of the next day."""

LINES_MAX = 100_000
FIRST_YEAR = 2013
YEAR_MAX = 2_100
FEN_MAX = 10**13
MIDNIGHT = timedelta(minutes=10)
"""Taken so shortly before midnight, a payment may stand in the next day's bill."""


class BillLine(msgspec.Struct, frozen=True, kw_only=True):
    """A payment or a refund as WeChat's bill has it, under our number of it.

    A refund that was made in WeChat's own console has a number that is not ours; that of its
    payment is.
    """

    kind: str
    out_number: str
    transaction_id: str
    amount_fen: int
    fee_fen: int
    state: str
    traded_at: datetime
    out_trade_no: str = ""
    wechat_refund_id: str = ""


class Ours(msgspec.Struct, frozen=True, kw_only=True):
    """A payment or a refund as we have it.

    `fee_fen` is none for a refund: WeChat gives the fee back over all refunds of a payment, and
    a part of a fen in whichever order they arrived. `taken_at` is none unless the bill of the day
    must have it.
    """

    kind: str
    out_number: str
    amount_fen: int
    fee_fen: int | None
    is_done: bool
    taken_at: datetime | None


Known = Mapping[tuple[str, str], Ours]
"""What we have, by kind and number."""


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """Where the two disagree: what we have (fen), what they have; none where one has nothing.

    `refunded` is the line of a refund that went well and that we know nothing of; `of` says what
    it is about. Between two bills (`flow_…`) the first is the trade bill, the other the fund bill.
    """

    kind: str
    out_number: str
    transaction_id: str
    ours_fen: int | None
    theirs_fen: int | None
    refunded: BillLine | None = None
    of: str = ""


class Open(msgspec.Struct, frozen=True):
    """A difference that nobody has settled yet; event and position name it."""

    number: int
    position: int
    kind: str
    out_number: str
    ours_fen: int | None
    theirs_fen: int | None


def today(now: datetime) -> date:
    """Give China's day."""
    return now.astimezone(BEIJING).date()


def ends(day: date) -> datetime:
    """Give the moment at which a day of China's is over."""
    return datetime.combine(day, time(), BEIJING).astimezone(UTC) + timedelta(days=1)


BILLS_KEPT_DAYS = 90
"""WeChat Pay gives bills of the last three months (apply for the trade bill)."""


def last_ready_day(now: datetime) -> date:
    """Give the newest day whose bill is there."""
    there = now.astimezone(BEIJING)
    return there.date() - timedelta(days=1 if there.time() >= READY else 2)


def first_day(last: date | None, began_on: date, ready: date) -> date:
    """Give the first day to compare: the next, or that on which the market began.

    A day that nobody looked at in time is looked at late, while its bill is kept.
    """
    if last:
        return last + timedelta(days=1)
    return max(began_on, ready - timedelta(days=BILLS_KEPT_DAYS - 1))


def is_bill_in_bounds(day: date, lines: Sequence[BillLine]) -> bool:
    """Tell whether this can be written down as the bill of a day."""
    return (
        day.year >= FIRST_YEAR and len(lines) <= LINES_MAX and all(map(is_line_well_formed, lines))
    )


def is_line_well_formed(line: BillLine) -> bool:
    """Tell whether a table keeps this line."""
    return (
        line.kind in {"payment", "refund"}
        and is_text(line.out_number)
        and is_text(line.state)
        and (line.transaction_id == "" or is_text(line.transaction_id))
        and 0 <= line.amount_fen <= FEN_MAX
        and -FEN_MAX <= line.fee_fen <= FEN_MAX
        and all(each == "" or is_text(each) for each in (line.out_trade_no, line.wechat_refund_id))
        and is_moment(line.traded_at)
    )


def is_moment(at: datetime) -> bool:
    """Tell whether a table keeps this moment, and WeChat Pay was there."""
    return at.tzinfo is not None and FIRST_YEAR <= at.year <= YEAR_MAX


def differences(day: date, lines: Sequence[BillLine], ours: Known) -> list[Difference]:
    """Compare a bill, line by line, with what we have; then look for what it should have."""
    seen: set[tuple[str, str]] = set()
    found: list[Difference] = []
    for line in lines:
        name = (line.kind, line.out_number)
        if name in seen:
            found.append(_differs("twice", line, line.amount_fen))
        else:
            seen.add(name)
            found += _compared(line, ours.get(name))
    late = ends(day) - MIDNIGHT
    for name, each in ours.items():
        if each.taken_at is not None and name not in seen:
            kind = "cross_day" if each.taken_at >= late else "only_ours"
            found.append(
                Difference(
                    kind=kind, out_number=each.out_number, transaction_id="",
                    ours_fen=each.amount_fen, theirs_fen=None, of=each.kind,
                )
            )  # fmt: skip
    return found


def _compared(line: BillLine, known: Ours | None) -> list[Difference]:
    """Give the differences of one line from what we have of it: amount and fee may both differ."""
    if known is None:
        is_gone = line.kind == "refund" and line.state == "SUCCESS"
        theirs = _differs("only_theirs", line, None)
        return [msgspec.structs.replace(theirs, refunded=line if is_gone else None)]
    if not known.is_done or line.state != "SUCCESS":
        return [_differs("state", line, known.amount_fen)]
    found = []
    if line.amount_fen != known.amount_fen:
        found.append(_differs("amount", line, known.amount_fen))
    if known.fee_fen not in {None, line.fee_fen}:
        found.append(
            Difference(
                kind="fee", out_number=line.out_number, transaction_id=line.transaction_id,
                ours_fen=known.fee_fen, theirs_fen=line.fee_fen, of=line.kind,
            )
        )  # fmt: skip
    return found


def _differs(kind: str, line: BillLine, ours_fen: int | None) -> Difference:
    return Difference(
        kind=kind,
        out_number=line.out_number,
        transaction_id=line.transaction_id,
        ours_fen=ours_fen,
        theirs_fen=line.amount_fen,
        of=line.kind,
    )


def closed(open_: Sequence[Open], lines: Sequence[BillLine], ours: Known) -> list[tuple[Open, str]]:
    """Give the older differences that this bill, or what came since, explains; and which of both.

    What we alone had is closed by a later bill that has it. What WeChat alone had, or we had not
    as done, is closed by what was taken since. Both only to the fen.
    """
    billed = {line.out_number: line.amount_fen for line in lines if line.state == "SUCCESS"}
    done = {each.out_number: each.amount_fen for each in ours.values() if each.is_done}
    explained = []
    for each in open_:
        if each.kind in {"only_ours", "cross_day"}:
            if billed.get(each.out_number) == each.ours_fen:
                explained.append((each, "later_bill"))
        elif each.kind == "only_theirs" and done.get(each.out_number) == each.theirs_fen:
            explained.append((each, "taken_since"))
        elif each.kind == "state" and done.get(each.out_number) == each.theirs_fen:
            explained.append((each, "taken_since"))
    return explained


def book_of(line: BillLine) -> int:
    """Give the book that a line's payment names, or else its own number; 0 when none of ours."""
    return attempt_of(line.out_trade_no)[0] or attempt_of(line.out_number)[0]
