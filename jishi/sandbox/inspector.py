"""The inspector: every request and answer, what was signed, and why a signature failed."""

from collections import deque
from collections.abc import Mapping
from datetime import datetime

import msgspec
from msgspec import Struct

from jishi.kernel import Tx, columns, queries

KEPT_MAX = 5_000
"""Exchanges kept; older ones go."""

WAITING_MAX = 2_000
"""Exchanges not yet written; under a storm the oldest of them are not shown."""

TEXT_MAX = 20_000
"""Letters of a body that are kept."""


class Exchange(Struct, frozen=True):
    """One request and its answer; `direction` is seen from WeChat: in, or out."""

    noted_at: datetime
    direction: str
    operation: str
    method: str
    url: str
    request_headers: str
    request_body: str
    status: int
    answer_headers: str
    answer_body: str
    signed_message: str = ""
    trouble: str = ""
    took_ms: int = 0


class Line(Struct, frozen=True):
    """An exchange in the list."""

    exchange_id: int
    noted_at: datetime
    direction: str
    operation: str
    method: str
    url: str
    status: int
    trouble: str
    took_ms: int


class Whole(Struct, frozen=True):
    """An exchange with everything."""

    exchange_id: int
    noted_at: datetime
    direction: str
    operation: str
    method: str
    url: str
    request_headers: str
    request_body: str
    status: int
    answer_headers: str
    answer_body: str
    signed_message: str
    trouble: str
    took_ms: int


sql = queries(__file__)
add_exchanges = sql.run("add_exchanges")
forget_exchanges = sql.run("forget_exchanges")
lines = sql.many("lines", Line)
whole = sql.one("whole", Whole)


class Inspector:
    """What was said, written down by and by."""

    def __init__(self) -> None:
        self.waiting: deque[Exchange] = deque(maxlen=WAITING_MAX)

    def note(self, exchange: Exchange) -> None:
        """Remember an exchange."""
        self.waiting.append(exchange)

    async def write_down(self, tx: Tx) -> None:
        """Keep what was said since the last time, and let the oldest go."""
        if not self.waiting:
            return
        noted = [self.waiting.popleft() for _ in range(len(self.waiting))]
        rows = [tuple(map(_storable, msgspec.structs.astuple(each))) for each in noted]
        await add_exchanges(tx, **columns(rows, *Exchange.__struct_fields__))
        await forget_exchanges(tx, kept_max=KEPT_MAX)


def headers_text(headers: Mapping[str, str]) -> str:
    """Write headers down, one a line."""
    return "\n".join(f"{name}: {value}" for name, value in headers.items())


def body_text(body: bytes) -> str:
    """Write a body down; what is no text is only counted."""
    text = body[:TEXT_MAX].decode("utf-8", "replace")
    return f"({len(body)} bytes)" if "\x00" in text else text


def _storable(value: object) -> object:
    # PostgreSQL keeps no NUL.
    return value.replace("\x00", "\ufffd")[:TEXT_MAX] if isinstance(value, str) else value
