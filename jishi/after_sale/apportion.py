"""What a part of an order is worth when it goes back: to the fen, and never more than was paid.

Each case claims its units at what is left of their line, in proportion (largest remainder), and
the units that are the last claim all that is left. So whatever the order of cases, claims of a
line never exceed its share of the payment, and when all of it is claimed they equal it. What a
case is refunded is at most its claim.
"""

from collections.abc import Iterable, Mapping

import msgspec

from jishi.after_sale import rules
from jishi.trade.pricing import shares


class Bought(msgspec.Struct, frozen=True):
    """A line of an order: so many, and its share (fen) of what was paid after offers."""

    quantity: int
    paid_fen: int


class Claim(msgspec.Struct, frozen=True):
    """What a case stands for: units of a line, their worth, and the freight that goes with it."""

    position: int
    quantity: int
    goods_fen: int
    freight_fen: int


def left_of(bought: Mapping[int, Bought], claims: Iterable[Claim]) -> dict[int, Bought]:
    """Give what no claim stands for yet, line by line."""
    left = dict(bought)
    for claim in claims:
        line = left[claim.position]
        left[claim.position] = Bought(
            line.quantity - claim.quantity, line.paid_fen - claim.goods_fen
        )
    return left


def claim(
    left: Mapping[int, Bought], freight_left_fen: int, position: int, quantity: int,
    *, is_shipped: bool,
) -> Claim:  # fmt: skip
    """Give the claim of so many units of a line, from what is left of the order.

    Freight goes with the last unit while nothing was sent (it is one parcel's), in proportion
    afterwards. `quantity` is at most what is left of the line.
    """
    line = left[position]
    goods_fen = _part(line.paid_fen, quantity, line.quantity - quantity)
    units_left = sum(each.quantity for each in left.values()) - quantity
    if units_left == 0:
        freight_fen = freight_left_fen
    elif is_shipped:
        rest_fen = sum(each.paid_fen for each in left.values()) - goods_fen
        freight_fen = _part(freight_left_fen, goods_fen, rest_fen)
    else:
        freight_fen = 0
    return Claim(position, quantity, goods_fen, freight_fen)


def _part(fen: int, weight: int, other: int) -> int:
    return shares(fen, [weight, other])[0]


def refundable_fen(claim: Claim, reason: str, *, is_shipped: bool) -> int:
    """Give the most that a claim is refunded, for this reason."""
    with_freight = rules.is_freight_refunded(reason, is_shipped=is_shipped)
    return claim.goods_fen + (claim.freight_fen if with_freight else 0)
