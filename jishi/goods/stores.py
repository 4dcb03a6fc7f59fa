"""Stores as pages show them: a shop its own with `book=`, and any shop's before an order."""

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


class Free(msgspec.Struct, frozen=True):
    """So many of a SKU are free in a store."""

    sku_id: int
    free: int


class StoreStock(msgspec.Struct, frozen=True):
    """A store where goods may be picked up, and what is free there of some SKUs."""

    of_book: int
    store_id: int
    name: str
    name_en: str
    whereabouts: str
    phone: str
    hours: list[str]
    latitude_micro: int | None
    longitude_micro: int | None
    stock: list[Free]


sql = queries(__file__)
with_stock = sql.many("with_stock", StoreStock)
of_shop = sql.many("of_shop", StoreRow)
