"""What is in a parcel."""

import msgspec


class Packed(msgspec.Struct, frozen=True):
    """So many units of a line of an order."""

    position: int
    quantity: int
