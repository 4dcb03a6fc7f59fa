"""What is shown of fulfilment. A buyer's with `person=`, a shop's own with `book=`."""

from datetime import datetime

import msgspec

from jishi.kernel import queries


class VoucherOfOrder(msgspec.Struct, frozen=True):
    """What a buyer is shown of his voucher: where it holds, when it was issued and used (UTC).

    With the `turn`, whoever has the market's secret makes its code.
    """

    turn: int
    issued_at: datetime
    store_name: str
    store_name_en: str
    whereabouts: str
    phone: str
    hours: list[str]
    latitude_micro: int | None
    longitude_micro: int | None
    redeemed_at: datetime | None


class HandoutLine(msgspec.Struct, frozen=True):
    """A line of an order that is picked up: how many were bought, and how many are handed out."""

    title: str
    title_en: str
    options: list[str]
    options_en: list[str]
    picture: str | None
    quantity: int
    left: int


class Handout(msgspec.Struct, frozen=True):
    """An order as whoever hands it out sees it. `staff_id` did it already; 0 while nobody did."""

    order_id: int
    order_number: str
    state: str
    placed_at: datetime
    remark: str
    store_id: int
    store_name: str
    store_name_en: str
    redeemed_at: datetime | None
    staff_id: int
    is_withheld: bool
    lines: list[HandoutLine]


sql = queries(__file__)
voucher = sql.one("voucher", VoucherOfOrder)
handout = sql.one("handout", Handout)
