"""After-sale 售后: a buyer wants money or other goods for what was bought.

A case stands for units of one line of an order. Who may lead it where is one table, `rules.py`;
what it is worth is one function, `apportion.py`.
"""

from jishi.after_sale import rules
from jishi.after_sale.apportion import Bought, Claim, claim, left_of, refundable_fen

__all__ = ["Bought", "Claim", "claim", "left_of", "refundable_fen", "rules"]
