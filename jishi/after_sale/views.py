"""What a page shows of after-sale. Read with `person=`: a buyer sees his own, nobody else's."""

from datetime import datetime

import msgspec

from jishi.kernel import queries


class CaseRow(msgspec.Struct, frozen=True):
    """A case of an order, as its page lists it; `case` is its public id."""

    case_id: int
    case: str
    position: int
    kind: str
    quantity: int
    state: str
    opened_at: datetime


class MyCase(msgspec.Struct, frozen=True):
    """A case on the list of a buyer's cases; `shop` and `case` are public ids, money in fen."""

    case_id: int
    case: str
    shop: str
    order_number: str
    title: str
    title_en: str
    picture: str | None
    kind: str
    quantity: int
    refund_fen: int
    state: str
    opened_at: datetime


class OpenCases(msgspec.Struct, frozen=True):
    """How many cases are not at their end."""

    cases: int


class CaseStep(msgspec.Struct, frozen=True):
    """What was done and said, by whom, when (UTC)."""

    at: datetime
    doer: str
    deed: str
    note: str


class CaseParcel(msgspec.Struct, frozen=True):
    """A parcel of the case."""

    sender: str
    carrier: str
    tracking_number: str


class CasePhotograph(msgspec.Struct, frozen=True):
    """A photograph of the case, by the event that showed it."""

    number: int
    sender: str


class PhotographFile(msgspec.Struct, frozen=True):
    """A photograph's bytes, as WebP."""

    bytes: bytes


class CasePage(msgspec.Struct, frozen=True):
    """A case with its line, its path and its parcels; `shop`, `order`, `case` are public ids."""

    book: int
    case_id: int
    case: str
    shop: str
    shop_name: str
    shop_name_en: str
    order: str
    order_number: str
    title: str
    title_en: str
    kind: str
    reason: str
    story: str
    quantity: int
    refund_fen: int
    state: str
    opened_at: datetime
    act_until: datetime | None
    steps: list[CaseStep]
    parcels: list[CaseParcel]
    photographs: list[CasePhotograph]


class OwnCase(msgspec.Struct, frozen=True):
    """A case as its buyer takes it with him."""

    case_id: int
    order_number: str
    kind: str
    reason: str
    story: str
    quantity: int
    refund_fen: int
    state: str
    opened_at: datetime
    steps: list[CaseStep]


sql = queries(__file__)
own_cases = sql.many("own_cases", OwnCase)
of_order = sql.many("of_order", CaseRow)
case = sql.one("case", CasePage)
photograph = sql.one("photograph", PhotographFile)
my_cases = sql.many("my_cases", MyCase)
my_open_cases = sql.one("my_open_cases", OpenCases)
