"""Stores as pages show them. Read with `book=`."""

import msgspec

from jishi.kernel import queries


class StoreRow(msgspec.Struct, frozen=True):
    """A store of a shop, in its two languages."""

    store_id: int
    name: str
    name_en: str


sql = queries(__file__)
of_shop = sql.many("of_shop", StoreRow)
