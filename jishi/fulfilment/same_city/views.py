"""What is shown of same-city delivery: to a buyer with `person=`, to a shop with `book=`."""

from datetime import datetime

import msgspec

from jishi.kernel import queries


class Brought(msgspec.Struct, frozen=True):
    """An order that went out, and its courier's seal while he is on his way."""

    sent_at: datetime
    sealed: bytes | None


class ToBring(msgspec.Struct, frozen=True):
    """An order that is to be brought, or is on its way; the oldest first."""

    order_id: int
    order_number: str
    state: str
    placed_at: datetime
    division: str
    title: str
    title_en: str


sql = queries(__file__)
brought = sql.one("brought", Brought)
queue = sql.many("queue", ToBring)
