"""Freight: the template by which shops charge, as an act sees it, and as pages do."""

import msgspec

from jishi.kernel import Tx, queries
from jishi.trade.freight_rules import Freight, Zone


class Current(msgspec.Struct, frozen=True):
    """A shop's template as it stands."""

    of_book: int
    charged_by: str
    zones: list[Zone]


sql = queries(__file__)
current = sql.many("current", Current)


async def freight_now(tx: Tx) -> Freight | None:
    """Give this book's template; none where the shop never set one."""
    found = await current(tx, books=[tx.book])
    return Freight(found[0].charged_by, found[0].zones) if found else None
