"""Telling: what becomes of a shopper's own order is said to him where he is, in WeChat.

Only of his own affairs, never an advertisement: template messages of the market's account.
"""

from jishi.telling import news, rules
from jishi.telling.note_told import BuyerTold, NoteTold
from jishi.telling.teller import teller

__all__ = ["BuyerTold", "NoteTold", "news", "rules", "teller"]
