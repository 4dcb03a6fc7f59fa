"""The stores where a basket may be picked up: where each is, when it is open, what lies there."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from jishi import goods
from jishi.goods.stores import StoreStock
from jishi.pages.formats import SHANGHAI
from jishi.pages.words import Words
from jishi.trade.baskets import BasketLine
from jishi.web.asked import Asked, house
from jishi.web.storefront.voucher import open_now_said

MICRO = 1_000_000
Stores = Mapping[int, Sequence[StoreStock]]
"""The stores of each shop, by its book."""


class PickupStore(msgspec.Struct, frozen=True):
    """A store as the checkout offers it; what lacks there is named, its position in degrees."""

    store: StoreStock
    open_said: str
    lacking: list[str]
    is_chosen: bool
    latitude: str
    longitude: str


async def stores_of(asked: Asked, lines: Sequence[BasketLine]) -> dict[int, list[StoreStock]]:
    """Read the stores of the shops of these lines."""
    found = await house(asked).market.look(
        goods.stores.with_stock, books=sorted({line.offer.of_book for line in lines}),
        sku_ids=sorted({line.offer.sku_id for line in lines}),
    )  # fmt: skip
    stores: dict[int, list[StoreStock]] = {}
    for each in found:
        stores.setdefault(each.of_book, []).append(each)
    return stores


def chosen_of(
    stores: Stores, lines: Sequence[BasketLine], wanted: Mapping[int, int]
) -> dict[int, int]:
    """Give the store of each shop: the one that is wanted, or the first that has all of it."""
    chosen = {}
    for book, its in stores.items():
        of_shop = [line for line in lines if line.offer.of_book == book]
        having = [each.store_id for each in its if not lacking_in(each, of_shop)]
        first = having[0] if having else its[0].store_id
        chosen[book] = wanted.get(book) or first
    return chosen


def lacking_in(store: StoreStock, lines: Sequence[BasketLine]) -> list[BasketLine]:
    """Give the lines of which a store has too little."""
    free = {each.sku_id: each.free for each in store.stock}
    return [line for line in lines if free.get(line.offer.sku_id, 0) < line.quantity]


def shown(
    stores: Sequence[StoreStock], lines: Sequence[BasketLine], chosen: int, words: Words
) -> list[PickupStore]:
    """Give a shop's stores as the checkout offers them; one that has not everything is not."""
    now = datetime.now(SHANGHAI)
    found = []
    for each in stores:
        lacking = lacking_in(each, lines)
        found.append(
            PickupStore(
                each, open_now_said(each.hours, now, words),
                [words.pick(line.offer.title, line.offer.title_en) for line in lacking],
                each.store_id == chosen and not lacking,
                degrees(each.latitude_micro), degrees(each.longitude_micro),
            )
        )  # fmt: skip
    return found


def degrees(micros: int | None) -> str:
    """Write a position for the reader's own browser; nothing where nobody said it."""
    return "" if micros is None else f"{micros / MICRO:.6f}"
