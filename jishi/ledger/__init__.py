"""The ledger: money, goods and attention in accounts that cannot be overdrawn.

A transfer moves an amount of one unit from a giver to a taker, caused by an event, for ever. Every
unit of every book sums to zero by construction. Bounded accounts keep a balance; the outside world
is unbounded, the sum of its transfers. A hold sets an amount aside for an act in another book.
"""

from jishi.ledger import expiry, reactions
from jishi.ledger.confirm_hold import ConfirmHold, HoldConfirmed
from jishi.ledger.decline_hold import DeclineHold, HoldDeclined
from jishi.ledger.hold import AmountHeld, HoldAmount
from jishi.ledger.holds import answers, use_holds
from jishi.ledger.lapse_hold import HoldLapsed, LapseHold
from jishi.ledger.move import Balance, Move, balances_of, declare_units, move, open_accounts
from jishi.ledger.release_hold import HoldReleased, ReleaseHold

__all__ = [
    "AmountHeld",
    "Balance",
    "ConfirmHold",
    "DeclineHold",
    "HoldAmount",
    "HoldConfirmed",
    "HoldDeclined",
    "HoldLapsed",
    "HoldReleased",
    "LapseHold",
    "Move",
    "ReleaseHold",
    "answers",
    "balances_of",
    "declare_units",
    "expiry",
    "move",
    "open_accounts",
    "reactions",
    "use_holds",
]
