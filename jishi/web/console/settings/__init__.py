"""Settings of a shop: a package for each tab."""

from jishi.web.console.settings.freight import FREIGHT
from jishi.web.console.settings.same_city import SAME_CITY_TERMS

SETTINGS = (*FREIGHT, *SAME_CITY_TERMS)

__all__ = ["SETTINGS"]
