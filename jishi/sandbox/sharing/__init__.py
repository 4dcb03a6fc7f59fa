"""Profit sharing: parts of a payment that was held back go to others, and merchants return them.

Source: WeChat Pay v3, "Profit sharing".
"""

from jishi.sandbox.sharing import receivers, returning, sharing, unfreezing

HANDLERS: tuple[()] = ()
OPERATIONS = (receivers, returning, sharing, unfreezing)
"""The modules whose import puts their operations behind the doors."""

__all__ = ["HANDLERS", "OPERATIONS"]
