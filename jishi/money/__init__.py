"""Money: attempts to pay an order through WeChat Pay, and what came in that fits none.

An attempt is open until WeChat says that it is paid or closed. What touches the order as well,
starting and taking a payment, is done by trade, which enters here.
"""

from jishi.money import rules, settle_rules, views
from jishi.money.attempts import (
    attempts,
    close_attempts,
    note_exceptions,
    open_attempts_of,
    pay_attempts,
    write_attempts,
)
from jishi.money.close_attempt import AttemptClosed, CloseAttempt
from jishi.money.gateway import NotSetUp, PaySettings, Wish, came, gateway
from jishi.money.record_prepaid import PaymentPrepaid, RecordPrepaid
from jishi.money.set_rates import RatesSet, SetRates
from jishi.money.settings import NOTICES_PATH, SettingsRefused, read_settings
from jishi.money.settle_order import OrderSettled, SettleOrder
from jishi.money.types import Attempt, Came

__all__ = [
    "NOTICES_PATH",
    "Attempt",
    "AttemptClosed",
    "Came",
    "CloseAttempt",
    "NotSetUp",
    "OrderSettled",
    "PaySettings",
    "PaymentPrepaid",
    "RatesSet",
    "RecordPrepaid",
    "SetRates",
    "SettingsRefused",
    "SettleOrder",
    "Wish",
    "attempts",
    "came",
    "close_attempts",
    "gateway",
    "note_exceptions",
    "open_attempts_of",
    "pay_attempts",
    "read_settings",
    "rules",
    "settle_rules",
    "views",
    "write_attempts",
]
