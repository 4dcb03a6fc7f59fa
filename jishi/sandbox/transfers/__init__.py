"""Transfers to people, who confirm them on their phones.

Source: WeChat Pay v3, "Merchant transfer" (confirmed by the user).
"""

from jishi.sandbox.transfers import confirming, transfers

HANDLERS: tuple[()] = ()
OPERATIONS = (confirming, transfers)
"""The modules whose import puts their operations behind the doors."""

__all__ = ["HANDLERS", "OPERATIONS"]
