"""Where parcels are: what is asked of whoever knows, what he answers, and how it can fail."""

from datetime import datetime
from typing import Protocol

from msgspec import Struct

STATES = (
    "accepted", "in_transit", "out_for_delivery", "delivered", "troubled", "lost", "returned",
)  # fmt: skip
"""How a parcel can stand: brought to the carrier, on its way, with the courier, handed over,
held up by something, given up for lost, brought back to its sender."""

ENDS = frozenset({"delivered", "returned"})
"""After these there is no more news."""


class Sought(Struct, frozen=True):
    """A parcel that is asked after; some carriers tell only whoever knows `phone_tail`.

    That is the last four digits of the receiver's telephone number; empty where none is needed.
    """

    carrier: str
    tracking_number: str
    phone_tail: str = ""

    def __repr__(self) -> str:
        return f"Sought({self.carrier!r}, {self.tracking_number!r})"


class Scan(Struct, frozen=True):
    """What a carrier noted of a parcel: when, how it stood, where, and in his words."""

    at: datetime
    state: str
    place: str
    words: str


class NotKnown(Exception):
    """Nobody there has seen the parcel: not yet, or its number is wrong."""


class NotAllowed(Exception):
    """Our key opens nothing there; somebody has to put the settings right."""


class NotAnswered(Exception):
    """No answer, or none that can be read; says why in one word. Worth trying again later."""


class Tracker(Protocol):
    """Knows where parcels are."""

    async def scans(self, sought: Sought) -> list[Scan]:
        """Give all that was noted of a parcel. NotKnown, NotAllowed, NotAnswered."""
