"""What the town's baskets cost, asked of the market's own pricing, and what followers cost.

Commission the market does not have yet; when it does, the rule here gives way to it.
"""

from functools import cache

import numpy as np
from msgspec import Struct

from jishi.town.draws import Floats, Integers, Singles
from jishi.trade.freight_rules import Freight, Zone
from jishi.trade.pricing import Item, Reduction, price
from jishi.trade.types import Destination

DEEP_PERCENT = 30
"""What the deep arm of the experiment gives a new follower, of a basket of tea."""

COMMISSION_PERCENT = (5, 2)
"""What the first and the second hand of a share earn; no third, ever."""

POSTER_FEN, SEARCH_FEN = 150, 300
"""What a follower costs who comes by a poster, or by search and advertising."""

EVERYWHERE = Zone(
    divisions=[], is_served=True, first=1, first_fen=600, more=1, more_fen=200, free_from_fen=9_900
)
SHIPPING = Freight("piece", [EVERYWHERE])
SOMEWHERE = Destination(delivery="parcel", division="310101")


class Basket(Struct, frozen=True):
    """What people buy together: pieces at a price, in fen, and how many of a hundred buy it."""

    name: str
    items: tuple[Item, ...]
    of_hundred: int


BASKETS = (
    Basket("tea", (Item(1, 1, 6_800, 250),), 40),
    Basket("tea and cakes", (Item(1, 1, 6_800, 250), Item(2, 2, 1_980, 400)), 30),
    Basket("cakes", (Item(2, 3, 1_980, 400),), 20),
    Basket("a gift", (Item(3, 1, 16_800, 900),), 10),
)
UP_TO = np.cumsum([basket.of_hundred for basket in BASKETS])


@cache
def amounts_fen(percent_off: int) -> tuple[int, ...]:
    """Give what each basket costs at the market's prices, with so much per cent off the goods."""
    return tuple(_paid_fen(basket, percent_off) for basket in BASKETS)


def _paid_fen(basket: Basket, percent_off: int) -> int:
    worth = sum(item.quantity * item.price_fen for item in basket.items)
    less = [Reduction("welcome", worth * percent_off // 100)]
    quote = price(basket.items, less, SHIPPING, SOMEWHERE)
    if quote is None:
        raise ValueError(f"{basket.name} is delivered nowhere")
    return quote.total_fen


def chosen_baskets(lots: Singles | Floats) -> Integers:
    """Say which basket each number between 0 and 1 falls into."""
    found: Integers = np.searchsorted(UP_TO, (lots * 100).astype(np.int64), side="right")
    return found


def priced(baskets: Integers) -> Integers:
    """Give what these baskets cost, in fen."""
    amounts: Integers = np.array(amounts_fen(0))[baskets]
    return amounts


def commission(amounts: Integers, hands: Integers) -> int:
    """Give what sharers earn in all whose shares were so many hands from the buyers, in fen."""
    percents = np.array((0, *COMMISSION_PERCENT, 0))
    return int((amounts * percents[np.minimum(hands, len(percents) - 1)] // 100).sum())


def gift_fen(percent: int) -> int:
    """Give what a welcome of so much per cent off costs the shop."""
    return amounts_fen(0)[0] - amounts_fen(percent)[0]


def costs(sources: tuple[str, ...], percent: int) -> Integers:
    """Give what a follower of each source costs, in fen."""
    known = {
        "poster_deep": POSTER_FEN + gift_fen(percent), "poster": POSTER_FEN, "search": SEARCH_FEN,
    }  # fmt: skip
    return np.array([known.get(source, 0) for source in sources])
