"""Bills: what was paid, refunded, shared and moved on a day, as WeChat Pay writes it.

Sources: WeChat Pay v3, "Apply for a trade bill", "Apply for a fund bill", "Apply for a sharing
bill", "Download a bill"; WeChat Pay, "Format of trade bills", "Structure of fund bills".
"""

from jishi.sandbox.bills import asking, console, downloading

HANDLERS: tuple[()] = ()
OPERATIONS = (asking, console, downloading)
"""The modules whose import puts their operations behind the doors."""

__all__ = ["HANDLERS", "OPERATIONS"]
