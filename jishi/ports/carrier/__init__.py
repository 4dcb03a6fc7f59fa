"""Carriers from our side: asking where a parcel is."""

from jishi.ports.carrier.hook import Hook
from jishi.ports.carrier.tracking import (
    ENDS,
    STATES,
    NotAllowed,
    NotAnswered,
    NotKnown,
    Scan,
    Sought,
    Tracker,
)

__all__ = [
    "ENDS", "STATES", "Hook", "NotAllowed", "NotAnswered", "NotKnown", "Scan", "Sought", "Tracker",
]  # fmt: skip
