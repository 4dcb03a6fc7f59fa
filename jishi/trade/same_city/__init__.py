"""Same-city delivery 同城配送: to which districts a shop brings goods, and for how much."""

from jishi.trade.same_city import rules, terms

__all__ = ["rules", "terms"]
