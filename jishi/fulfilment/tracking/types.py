"""What a carrier noted, as it is kept."""

from datetime import datetime

import msgspec


class Scan(msgspec.Struct, frozen=True):
    """When, how the parcel stood, where, and the carrier's words without telephone numbers."""

    at: datetime
    state: str
    place: str
    words: str
