"""Complaints: what payers complain of at WeChat Pay, and what merchants have to answer.

Source: WeChat Pay v3, "Consumer complaints 2.0".
"""

from jishi.sandbox.complaints import addresses, answering, complaining, listing

HANDLERS: tuple[()] = ()
OPERATIONS = (addresses, answering, complaining, listing)
"""The modules whose import puts their operations behind the doors."""

__all__ = ["HANDLERS", "OPERATIONS"]
