"""The price: what goods, offers and freight come to, line by line, the same wherever it is shown.

Written out in docs/algorithms/pricing.md. Everything is whole fen; what is shared out is shared
by largest remainders (Hamilton's method), so that the shares add up to the fen.
"""

from collections.abc import Sequence

import msgspec

from jishi.trade.freight_rules import Freight, freight_of
from jishi.trade.types import Destination


class Item(msgspec.Struct, frozen=True):
    """So many of a SKU at a price in fen; a piece of it weighs so many grams."""

    sku_id: int
    quantity: int
    price_fen: int
    weight_grams: int = 0


class Reduction(msgspec.Struct, frozen=True):
    """What an offer takes off (fen), and from which SKUs; from all of them where none is named."""

    name: str
    fen: int
    sku_ids: frozenset[int] = frozenset()


class Entry(msgspec.Struct, frozen=True):
    """A line of the explanation: `goods` of a SKU, an `offer`, or `freight`; its fen are added."""

    kind: str
    name: str
    fen: int
    sku_id: int = 0


class Quote(msgspec.Struct, frozen=True):
    """What it costs, in fen, and why. `paid_fen` is what each item's share comes to."""

    goods_fen: int
    discount_fen: int
    freight_fen: int
    total_fen: int
    paid_fen: list[int]
    entries: list[Entry]


def price(
    items: Sequence[Item],
    reductions: Sequence[Reduction],
    freight: Freight | None,
    destination: Destination,
) -> Quote | None:
    """Give the price of a shop's items, or none where they are not delivered to.

    A reduction takes no more than its items still cost; free delivery is judged by what the goods
    cost after all reductions.
    """
    worth = [item.quantity * item.price_fen for item in items]
    goods_fen, paid = sum(worth), list(worth)
    entries = [Entry("goods", "", fen, item.sku_id) for item, fen in zip(items, worth, strict=True)]
    for reduction in reductions:
        taken = _taken(reduction, items, paid)
        paid = [fen - less for fen, less in zip(paid, taken, strict=True)]
        entries.append(Entry("offer", reduction.name, -sum(taken)))
    left_fen = sum(paid)
    charge = freight_of(
        freight,
        destination,
        pieces=sum(item.quantity for item in items),
        grams=sum(item.quantity * item.weight_grams for item in items),
        goods_fen=left_fen,
    )
    if charge is None:
        return None
    entries.append(Entry("freight", charge.reason, charge.fen))
    return Quote(goods_fen, goods_fen - left_fen, charge.fen, left_fen + charge.fen, paid, entries)


def _taken(reduction: Reduction, items: Sequence[Item], paid: Sequence[int]) -> list[int]:
    """Give what a reduction takes from each item."""
    wanted = reduction.sku_ids
    weights = [
        fen if not wanted or item.sku_id in wanted else 0
        for item, fen in zip(items, paid, strict=True)
    ]
    return shares(min(max(reduction.fen, 0), sum(weights)), weights)


def shares(total: int, weights: Sequence[int]) -> list[int]:
    """Share a total out by weight: each share is within one of the exact one, the sum is exact.

    What is left after rounding down goes one by one to the largest remainders, of equal ones to
    the first. No share is above its weight as long as the total is not above their sum.
    """
    whole = sum(weights)
    if whole == 0:
        return [0] * len(weights)
    given = [total * weight // whole for weight in weights]
    rests = [total * weight % whole for weight in weights]
    by_rest = sorted(range(len(weights)), key=lambda at: (-rests[at], at))
    for at in by_rest[: total - sum(given)]:
        given[at] += 1
    return given
