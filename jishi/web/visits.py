"""Visits: which one a page belongs to, and what the pages tell the evidence. Nothing waits for it.

A cookie of half an hour holds the visit's number and through which door it came: no personal data.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from litestar.datastructures import Cookie

from jishi import evidence
from jishi.evidence import Origin, Seen, Sight, Visit, rules
from jishi.gauges.vocabulary import ENTRIES
from jishi.kernel import new_id
from jishi.web.asked import Asked, house
from jishi.web.person import shopper_of
from jishi.web.visitor import cookie

VISIT, PARTS = "visit", 4
TOLD_BY_THEMSELVES = ("product.html", "search.html")
"""Pages whose handlers tell more of them than that they were seen."""


def visit_of(asked: Asked) -> Visit:
    """Give the visit that this belongs to: the cookie's, or one that begins here."""
    known = asked.scope["state"].get(VISIT)
    if isinstance(known, Visit):
        return known
    found, query = _read(asked), asked.query_params
    if found is None or rules.is_named(query):
        entry = rules.entry_of(asked.scope["path"], query, asked.headers.get("referer", ""))
        found = Visit(new_id(), entry, 0)
    asked.scope["state"][VISIT] = found
    return found


def _read(asked: Asked) -> Visit | None:
    """Read the cookie: signed by us, and not over."""
    *said, signature = asked.cookies.get(VISIT, "").split(".")
    if len(said) != PARTS - 1 or not house(asked).secret.is_signed(
        VISIT, ".".join(said), signature
    ):
        return None
    session_id, entry, minute = (int(each, 16) for each in said)
    is_over = _minute() - minute > rules.VISIT_MINUTES
    return None if is_over else Visit(session_id, ENTRIES[entry], minute)


def _minute() -> int:
    return int(datetime.now(UTC).timestamp()) // 60


def visit_cookies(asked: Asked) -> list[Cookie]:
    """Give the cookie of this visit, where it is new or was said some minutes ago."""
    visit, now = visit_of(asked), _minute()
    if is_robot(asked) or now - visit.minute < rules.RENEWED_MINUTES:
        return []
    said = f"{visit.session_id:x}.{ENTRIES.index(visit.entry):x}.{now:x}"
    value = f"{said}.{house(asked).secret.sign(VISIT, said)}"
    return [cookie(asked, VISIT, value, rules.VISIT_MINUTES * 60)]


def is_robot(asked: Asked) -> bool:
    """Tell whether a program asks, or a browser that only guesses."""
    headers = asked.headers
    purpose = f"{headers.get('sec-purpose', '')} {headers.get('purpose', '')}".lower()
    return rules.is_robot(headers.get("user-agent", "")[:500], purpose)


def saw(asked: Asked, sight: Sight, *, guest: int = 0) -> None:
    """Tell what somebody saw, or did, on a page; `guest` is who he became by doing it."""
    visit = visit_of(asked)
    evidence.recorder.note(
        Seen(
            at=datetime.now(UTC), sight=sight, person_id=guest or shopper_of(asked),
            session_id=visit.session_id, entry=visit.entry, is_robot=is_robot(asked),
        )
    )  # fmt: skip


def saw_page(asked: Asked, template: str) -> None:
    """Tell that a page was seen which tells nothing of itself."""
    if asked.scope["method"] == "GET" and template not in TOLD_BY_THEMSELVES:
        page = rules.page_of(asked.scope["path"])
        saw(asked, Sight(type="page.view", object_type="page", page=page))


def ordered(asked: Asked, placed: Iterable[tuple[int, int]], shopper: int) -> None:
    """Tell through which visit orders came, each its book and id."""
    visit = visit_of(asked)
    for book, order_id in placed:
        evidence.recorder.note_origin(
            Origin(
                book=book, order_id=order_id, person_id=shopper, session_id=visit.session_id,
                entry=visit.entry,
            )
        )  # fmt: skip
