"""Cases as other programs read them. Read with `book=`: a shop sees its own."""

from datetime import datetime

import msgspec

from jishi.kernel import queries


class FedParcel(msgspec.Struct, frozen=True):
    """A parcel of a case, and which side sent it."""

    sender: str
    carrier: str
    tracking_number: str


class FedCase(msgspec.Struct, frozen=True):
    """A case; money in fen (CNY), times in UTC. It names no person, and tells no one's story."""

    case_id: int
    case: str
    order: str
    order_number: str
    position: int
    title: str
    kind: str
    reason: str
    quantity: int
    refund_fen: int
    state: str
    opened_at: datetime
    act_until: datetime | None
    parcels: list[FedParcel]


class Ref(msgspec.Struct, frozen=True):
    """What a case is called outside, and the order it is about."""

    case_id: int
    case: str
    order: str
    order_number: str
    kind: str


sql = queries(__file__)
cases = sql.many("cases", FedCase)
case = sql.one("case", FedCase)
refs = sql.many("refs", Ref)
