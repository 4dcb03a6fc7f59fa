"""Freight at the desk: where a shop delivers to, and for how much."""

from jishi.web.console.settings.freight.overview import overview
from jishi.web.console.settings.freight.zone import remove, save, zone

FREIGHT = (overview, zone, save, remove)

__all__ = ["FREIGHT"]
