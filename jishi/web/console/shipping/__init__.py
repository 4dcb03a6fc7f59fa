"""Shipping at the desk: the queue, an order to be packed, parcels told one by one or by file."""

from jishi.web.console.shipping.by_file import ship_file
from jishi.web.console.shipping.pack import correct, pack, ship, slip
from jishi.web.console.shipping.queue import queue
from jishi.web.console.shipping.stuck import stuck

SHIPPING = (queue, stuck, ship_file, pack, ship, correct, slip)

__all__ = ["SHIPPING"]
