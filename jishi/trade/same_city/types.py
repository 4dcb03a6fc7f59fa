"""The terms of same-city delivery."""

import msgspec


class Terms(msgspec.Struct, frozen=True):
    """A shop brings goods to these districts for `fee_fen`, an order of `minimum_fen` or more.

    Goods for `free_from_fen` or more go free, where that is not 0.
    """

    is_offered: bool
    divisions: list[str]
    fee_fen: int
    free_from_fen: int
    minimum_fen: int
