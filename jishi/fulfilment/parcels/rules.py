"""The rules of parcels: how they are traced, and for how long a buyer is waited for."""

import re
from collections.abc import Sequence
from datetime import timedelta

from jishi.fulfilment.parcels.carriers import CARRIERS
from jishi.fulfilment.parcels.types import Packed

TRACKING = re.compile(r"[0-9A-Za-z-]{4,40}")
LINES_MAX = 50
RECEIVED_AFTER = timedelta(days=10)
"""So long after the last parcel was sent an order counts as received by itself."""


def is_traceable(carrier: str, tracking_number: str) -> bool:
    """Tell whether a parcel can be asked after by these."""
    return carrier in CARRIERS and TRACKING.fullmatch(tracking_number) is not None


def are_well_packed(lines: Sequence[Packed]) -> bool:
    """Tell whether a parcel has something in it, each line once."""
    positions = {each.position for each in lines}
    return 1 <= len(lines) == len(positions) <= LINES_MAX and all(
        each.quantity >= 1 for each in lines
    )
