"""Settings of a shop: a package for each tab."""

from jishi.web.console.settings.freight import FREIGHT

SETTINGS = (*FREIGHT,)

__all__ = ["SETTINGS"]
