"""Pickup at the counter: a code is looked at, and its goods handed out once."""

from jishi.web.console.pickup.counter import counter, hand_out, look_up

PICKUP = (counter, look_up, hand_out)

__all__ = ["PICKUP"]
