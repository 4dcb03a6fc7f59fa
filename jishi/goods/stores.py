"""Stores as pages show them. Read with `book=`."""

import msgspec

from jishi.kernel import queries


class StoreRow(msgspec.Struct, frozen=True):
    """A store: how it is called, where it is, when it is open (`goods.opening`).

    Its position is in millionths of a degree, none where nobody said it.
    """

    store_id: int
    name: str
    name_en: str
    whereabouts: str
    phone: str
    hours: list[str]
    latitude_micro: int | None
    longitude_micro: int | None


sql = queries(__file__)
of_shop = sql.many("of_shop", StoreRow)
