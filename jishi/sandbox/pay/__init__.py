"""WeChat Pay's side of orders: prepaid, paid, closed, refunded, combined, told to merchants.

`orders` is what shops asked for, `cashier` where people pay; `notifications` tells the merchants.
"""

from jishi.sandbox.pay import (
    abnormal,
    certificates,
    combined,
    orders,
    paying,
    prepay,
    refunds,
)

HANDLERS: tuple[()] = ()
OPERATIONS = (abnormal, certificates, combined, orders, paying, prepay, refunds)
"""The modules whose import puts their operations behind the doors."""

__all__ = ["HANDLERS", "OPERATIONS"]
