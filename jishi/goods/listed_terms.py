"""On what terms a list sells a product; a list without these columns says nothing of them."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from jishi.goods import cells
from jishi.goods.lists import Terms
from jishi.pages.formats import SHANGHAI

COLUMNS = ("shelf from", "shelf until", "return class", "return ground", "limit per person")
WRITTEN = "%Y-%m-%d %H:%M"

Cells = Mapping[str, str]
Reject = Callable[[int, str, str, str], None]


def terms_of(line: int, record: Cells, reject: Reject) -> Terms | None:
    """Read the terms of a product from its first record."""
    if not any(column in record for column in COLUMNS):
        return None
    begins, ends = (_moment(line, record, column, reject) for column in COLUMNS[:2])
    column = COLUMNS[4]
    try:
        person_max = cells.count(record.get(column, ""))
    except cells.BadCell as error:
        reject(line, column, str(error), record.get(column, ""))
        person_max = None
    return Terms(
        on_shelf_at=begins,
        on_shelf_until=ends,
        return_class=record.get(COLUMNS[2], "").strip() or "yes",
        return_ground=record.get(COLUMNS[3], "").strip(),
        person_max=person_max,
    )


def _moment(line: int, record: Cells, column: str, reject: Reject) -> datetime | None:
    text = cells.plain(record.get(column, ""))
    found = moment(text)
    if text and found is None:
        reject(line, column, "time_unreadable", text)
    return found


def moment(text: str) -> datetime | None:
    """Read a moment of Shanghai's clock: `2026-11-22 18:05`, with a blank or a T; or none."""
    try:
        found = datetime.strptime(text.replace("T", " ")[:16], WRITTEN).replace(tzinfo=SHANGHAI)
        return found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def written(at: datetime | None) -> str:
    """Write a moment as Shanghai's clock shows it."""
    return at.astimezone(SHANGHAI).strftime(WRITTEN) if at else ""
