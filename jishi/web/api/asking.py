"""Asking the market for a program: under its key, once; and reading lists by cursor."""

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID, uuid5

from jishi.kernel import Event, Refused, Request
from jishi.web.api.problems import MarketRefused, Trouble
from jishi.web.asked import Asked, house, number
from jishi.web.caller import caller_of

KEYS = UUID("5f0d5e9c-8a3b-4c0e-9d5a-6a6973686910")
"""The namespace of the keys that programs send."""

KEY_CHARACTERS_MAX = 128
PAGE, PAGE_MAX = 20, 100
NEWEST = 2**63 - 1
E = TypeVar("E", bound=Event)


def key_of(asked: Asked) -> UUID:
    """Give the key of this asking: another program's same key is another one."""
    given = asked.headers.get("idempotency-key", "")
    if not (0 < len(given) <= KEY_CHARACTERS_MAX and given.isascii() and given.isprintable()):
        raise Trouble(status_code=400, detail="idempotency_key_missing")
    return uuid5(KEYS, f"{caller_of(asked).key_id} {given}")


async def ask(asked: Asked, request: Request, kind: type[E]) -> E:
    """Ask the market; what it refuses is raised as a problem."""
    answer = await house(asked).market.ask(request)
    if isinstance(answer, Refused):
        raise MarketRefused(answer)
    assert isinstance(answer, kind)
    return answer


def page_of(cursor: str, limit: int) -> tuple[int, int]:
    """Give where a list goes on, and how many are wanted: at least one, at most 100."""
    return number(cursor, NEWEST), min(max(limit, 1), PAGE_MAX)


def cursor_after(found: Sequence[object], wanted: int, last: int) -> str | None:
    """Give where the next page goes on; none where there is no more."""
    return str(last) if len(found) == wanted else None
