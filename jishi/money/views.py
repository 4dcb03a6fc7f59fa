"""What a page shows of a payment. Read with `book=`, after the order was found for its buyer."""

from datetime import datetime

import msgspec

from jishi.kernel import queries
from jishi.money.types import Combined


class OpenPayment(msgspec.Struct, frozen=True):
    """An attempt that is open; the code is empty while WeChat has not given it.

    What is a part of a combined payment has the code of the whole.
    """

    attempt_id: int
    way: str
    code_url: str
    mchid: str
    started_at: datetime
    combined: Combined | None


class OpenAttempt(msgspec.Struct, frozen=True):
    """An attempt that is open."""

    attempt_id: int


sql = queries(__file__)
open_payment = sql.one("open_payment", OpenPayment)
open_attempt = sql.one("open_attempt", OpenAttempt)
