"""Fulfilment: paid goods on their way to the buyer. Its verbs are its files.

What is picked up in a store is handed out for a code, once.
"""

from jishi.fulfilment import pickup, reactions, views
from jishi.fulfilment.check_voucher import CheckVoucher, VoucherChecked
from jishi.fulfilment.issue_voucher import IssueVoucher, VoucherIssued
from jishi.fulfilment.redeem_voucher import RedeemVoucher, VoucherRedeemed
from jishi.fulfilment.withheld import Withheld, withhold

__all__ = [
    "CheckVoucher",
    "IssueVoucher",
    "RedeemVoucher",
    "VoucherChecked",
    "VoucherIssued",
    "VoucherRedeemed",
    "Withheld",
    "pickup",
    "reactions",
    "views",
    "withhold",
]
