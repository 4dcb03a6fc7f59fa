"""Money: attempts to pay an order through WeChat Pay, and what came in that fits none.

An attempt is open until WeChat says that it is paid or closed. What touches the order as well,
starting and taking a payment, is done by trade, which enters here.
"""

from jishi.money import rules, views
from jishi.money.attempts import (
    attempts,
    close_attempts,
    note_exceptions,
    open_attempts_of,
    pay_attempts,
    write_attempts,
)
from jishi.money.gateway import PaySettings, gateway
from jishi.money.record_prepaid import PaymentPrepaid, RecordPrepaid
from jishi.money.types import Attempt, Came

__all__ = [
    "Attempt",
    "Came",
    "PaySettings",
    "PaymentPrepaid",
    "RecordPrepaid",
    "attempts",
    "close_attempts",
    "gateway",
    "note_exceptions",
    "open_attempts_of",
    "pay_attempts",
    "rules",
    "views",
    "write_attempts",
]
