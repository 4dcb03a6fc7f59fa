"""What is shown of tracking: to a buyer with `person=`, to a shop with `book=`."""

from datetime import datetime

import msgspec

from jishi.kernel import queries


class SoughtParcel(msgspec.Struct, frozen=True):
    """A parcel that is asked after: by which number, for whom, how it stood; `now` is the clock."""

    order_state: str
    buyer_id: int
    address_id: int
    carrier: str
    tracking_number: str
    shipped_at: datetime
    state: str
    now: datetime


class ScanRow(msgspec.Struct, frozen=True):
    """What a carrier noted of a parcel of an order."""

    parcel: int
    scanned_at: datetime
    state: str
    place: str
    words: str


class StuckParcel(msgspec.Struct, frozen=True):
    """A parcel that somebody should ask about; without a scan its state is empty."""

    number: int
    order_id: int
    order_number: str
    carrier: str
    tracking_number: str
    shipped_at: datetime
    state: str
    heard_at: datetime
    words: str


class Noted(msgspec.Struct, frozen=True):
    """A shop where carriers noted something of a buyer's parcels."""

    of_book: int


class OwnScan(msgspec.Struct, frozen=True):
    """What a carrier noted."""

    at: datetime
    state: str
    place: str
    words: str


class OwnParcel(msgspec.Struct, frozen=True):
    """A parcel as its buyer takes it with him."""

    carrier: str
    tracking_number: str
    shipped_at: datetime
    scans: list[OwnScan]


class OwnParcels(msgspec.Struct, frozen=True):
    """All parcels of an order."""

    order_id: int
    order_number: str
    parcels: list[OwnParcel]


sql = queries(__file__)
noted_books = sql.many("noted_books", Noted)
own_parcels = sql.many("own_parcels", OwnParcels)
sought = sql.one("sought", SoughtParcel)
scans = sql.many("scans", ScanRow)
stuck = sql.many("stuck", StuckParcel)
