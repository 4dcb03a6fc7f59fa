"""Money: attempts to pay an order through WeChat Pay, and what came in that fits none.

An attempt is open until WeChat says that it is paid or closed. What touches the order as well,
starting and taking a payment, is done by trade, which enters here.
"""

from jishi.money import (
    reactions,
    reconcile_rules,
    rules,
    settle_rules,
    statements,
    views,
)
from jishi.money.ask_refund import AskRefund, RefundAsked
from jishi.money.asking import ENDED, Back, NotSetUp, PaySettings, Wish, came
from jishi.money.attempts import (
    attempts,
    attempts_of,
    close_attempts,
    note_exceptions,
    open_attempts_of,
    pay_attempts,
    write_attempts,
)
from jishi.money.books import views as books
from jishi.money.books.note_answer import AnswerNoted, NoteAnswer
from jishi.money.close_attempt import AttemptClosed, CloseAttempt
from jishi.money.combining import (
    CombinedWish,
    all_came,
    paid_together,
    prepay_together,
    shut_together,
)
from jishi.money.cut_statement import CutStatement, StatementCut
from jishi.money.explain_difference import DifferenceExplained, ExplainDifference
from jishi.money.gateway import gateway
from jishi.money.late import views as late
from jishi.money.late.record_external_refund import (
    ExternalRefundRecorded,
    RecordExternalRefund,
)
from jishi.money.late.reversals import Reversal
from jishi.money.look_for_refund import LookForRefund, RefundLookedFor
from jishi.money.payees import credentials, resealing
from jishi.money.payees.reseal_credentials import CredentialsResealed, ResealCredentials
from jishi.money.payees.retire_credentials import CredentialsRetired, RetireCredentials
from jishi.money.payees.set_credentials import CredentialsSet, SetCredentials
from jishi.money.reconcile import reconcile
from jishi.money.reconcile_day import DayReconciled, ReconcileDay
from jishi.money.record_prepaid import PaymentPrepaid, RecordPrepaid
from jishi.money.record_refund import RecordRefund, RefundEnded
from jishi.money.refunds import NewRefund, set_aside, write_refunds
from jishi.money.set_rates import RatesSet, SetRates
from jishi.money.settings import NOTICES_PATH, SettingsRefused, read_settings
from jishi.money.settle_order import OrderSettled, SettleOrder
from jishi.money.settle_refund import RefundSettling, SettleRefund
from jishi.money.types import Attempt, Came, Combined, CombinedPart
from jishi.money.waiting import waiting

__all__ = [
    "ENDED",
    "NOTICES_PATH",
    "AnswerNoted",
    "AskRefund",
    "Attempt",
    "AttemptClosed",
    "Back",
    "Came",
    "CloseAttempt",
    "Combined",
    "CombinedPart",
    "CombinedWish",
    "CredentialsResealed",
    "CredentialsRetired",
    "CredentialsSet",
    "CutStatement",
    "DayReconciled",
    "DifferenceExplained",
    "ExplainDifference",
    "ExternalRefundRecorded",
    "LookForRefund",
    "NewRefund",
    "NotSetUp",
    "NoteAnswer",
    "OrderSettled",
    "PaySettings",
    "PaymentPrepaid",
    "RatesSet",
    "ReconcileDay",
    "RecordExternalRefund",
    "RecordPrepaid",
    "RecordRefund",
    "RefundAsked",
    "RefundEnded",
    "RefundLookedFor",
    "RefundSettling",
    "ResealCredentials",
    "RetireCredentials",
    "Reversal",
    "SetCredentials",
    "SetRates",
    "SettingsRefused",
    "SettleOrder",
    "SettleRefund",
    "StatementCut",
    "Wish",
    "all_came",
    "attempts",
    "attempts_of",
    "books",
    "came",
    "close_attempts",
    "credentials",
    "gateway",
    "late",
    "note_exceptions",
    "open_attempts_of",
    "paid_together",
    "pay_attempts",
    "prepay_together",
    "reactions",
    "read_settings",
    "reconcile",
    "reconcile_rules",
    "resealing",
    "rules",
    "set_aside",
    "settle_rules",
    "shut_together",
    "statements",
    "views",
    "waiting",
    "write_attempts",
    "write_refunds",
]
