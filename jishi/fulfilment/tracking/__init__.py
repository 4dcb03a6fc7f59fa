"""Tracking: what carriers noted of parcels on their way, asked for by the clock."""

from jishi.fulfilment.tracking import rules, settings, views

__all__ = ["rules", "settings", "views"]
