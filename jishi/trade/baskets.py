"""Baskets: what somebody is about to order, shop by shop, as it stands now and what it costs."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from jishi.trade.carts import CartLine
from jishi.trade.freight_rules import Freight, missing_for_free
from jishi.trade.pricing import Item, Quote, price
from jishi.trade.types import Destination
from jishi.trade.views import Offer


class BasketLine(msgspec.Struct, frozen=True):
    """A line as it stands: `trouble` is why it cannot be ordered so, empty where it can."""

    offer: Offer
    quantity: int
    seen_fen: int
    is_chosen: bool
    trouble: str

    @property
    def is_wanted(self) -> bool:
        """Tell whether it goes into the next order."""
        return self.is_chosen and not self.trouble

    @property
    def item(self) -> Item:
        """Give what is to be priced."""
        offer = self.offer
        return Item(offer.sku_id, self.quantity, offer.price_fen, offer.weight_grams)


class Part(msgspec.Struct, frozen=True):
    """A shop's part of a basket: its lines, what the wanted ones cost, what free delivery lacks.

    `is_delivered`: the destination is one that the shop delivers to; the quote is without freight
    where it is not, or where no destination is known yet.
    """

    offer: Offer
    lines: list[BasketLine]
    destination: Destination | None
    quote: Quote
    is_delivered: bool
    missing_for_free_fen: int


def lines_of(wanted: Sequence[CartLine], offers: Sequence[Offer]) -> list[BasketLine]:
    """Give the lines as they stand; what is not in any shop's books is left out."""
    known = {(offer.of_book, offer.sku_id): offer for offer in offers}
    return [
        BasketLine(offer, line.quantity, line.seen_fen, line.is_chosen, trouble_with(offer, line))
        for line in wanted
        if (offer := known.get((line.shop_book, line.sku_id)))
    ]


def trouble_with(offer: Offer, line: CartLine) -> str:
    """Give the reason why a line cannot be ordered as it stands; empty when it can."""
    if not offer.is_live:
        return "not_for_sale"
    if offer.free <= 0:
        return "sold_out"
    return "too_few" if offer.free < line.quantity else ""


def parts_of(
    lines: Sequence[BasketLine],
    freights: Mapping[int, Freight],
    destinations: Mapping[int, Destination],
    division: str = "",
) -> list[Part]:
    """Give the basket shop by shop, each at its destination (by the shop's book) where known."""
    by_shop: dict[int, list[BasketLine]] = defaultdict(list)
    for line in lines:
        by_shop[line.offer.of_book].append(line)
    return [
        _part(shops, freights.get(book), destinations.get(book), division)
        for book, shops in by_shop.items()
    ]


def _part(
    lines: list[BasketLine], freight: Freight | None, destination: Destination | None, division: str
) -> Part:
    items = [line.item for line in lines if line.is_wanted]
    quote = price(items, (), freight, destination) if destination else None
    bare = price(items, (), None, Destination("parcel"))
    assert bare is not None
    left_fen = bare.goods_fen - bare.discount_fen
    is_collected = destination is not None and destination.delivery == "pickup"
    return Part(
        offer=lines[0].offer,
        lines=lines,
        destination=destination,
        quote=quote or bare,
        is_delivered=quote is not None,
        missing_for_free_fen=(
            0 if is_collected or not items
            else missing_for_free(freight, destination.division if destination else division,
                                  left_fen)
        ),
    )  # fmt: skip
