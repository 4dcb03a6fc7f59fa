"""The rules of profit sharing; all pure. Money in fen.

Source: WeChat Pay v3, "Profit sharing: rules" and the pages of its operations.
"""

from datetime import datetime, timedelta

from msgspec import Struct

SHARE_PERCENT_MAX = 30
"""Of a payment, over all its sharings; a merchant may apply for more."""

REQUESTS_MAX = 50
RECEIVERS_MAX = 50
KNOWN_RECEIVERS_MAX = 20_000
PERSON_MONTH_FEN_MAX = 20_000_000
"""A person receives at most 200,000 yuan a month."""

WAIT = timedelta(minutes=1)
"""A payment can be shared a minute after it was made."""

FROZEN = timedelta(days=30)
"""Then what is left unfreezes by itself."""

RETURNABLE = timedelta(days=180)
TAKES = timedelta(seconds=3)
RELATIONS = {
    "SERVICE_PROVIDER", "STORE", "STAFF", "STORE_OWNER", "PARTNER", "HEADQUARTER", "BRAND",
    "DISTRIBUTOR", "USER", "SUPPLIER", "CUSTOM",
}  # fmt: skip
MERCHANT, PERSON = "MERCHANT_ID", "PERSONAL_OPENID"


class Pot(Struct, frozen=True):
    """A payment that may be shared: what was paid, refunded, given away and already let go."""

    transaction_id: str
    appid: str
    total_fen: int
    refunded_fen: int
    shared_fen: int
    is_sharing: bool
    is_unfrozen: bool
    sharings: int
    paid_at: datetime


def left_fen(pot: Pot, now: datetime) -> int:
    """Give what is still held back."""
    if not pot.is_sharing or pot.is_unfrozen or now >= pot.paid_at + FROZEN:
        return 0
    return max(pot.total_fen - pot.refunded_fen - pot.shared_fen, 0)


def share_fen_max(pot: Pot) -> int:
    """Give what may go to others besides what already does."""
    return pot.total_fen * SHARE_PERCENT_MAX // 100 - pot.shared_fen
