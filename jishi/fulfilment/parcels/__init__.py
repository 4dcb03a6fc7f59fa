"""Parcels: what an order may still be sent in, and who carries it."""

from jishi.fulfilment.parcels import carriers, rules, views, world

__all__ = ["carriers", "rules", "views", "world"]
