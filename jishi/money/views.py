"""What a page shows of a payment. Read with `book=`, after the order was found for its buyer."""

import msgspec

from jishi.kernel import queries


class OpenPayment(msgspec.Struct, frozen=True):
    """An attempt that is open; the code is empty while WeChat has not given it."""

    attempt_id: int
    way: str
    code_url: str


sql = queries(__file__)
open_payment = sql.one("open_payment", OpenPayment)
