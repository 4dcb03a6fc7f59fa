"""Same-city delivery at the checkout: which shops bring goods to an address, and for how much."""

from collections.abc import Callable, Mapping, Sequence

import msgspec

from jishi import trade
from jishi.people import Address
from jishi.trade import Destination
from jishi.trade.baskets import BasketLine, Part
from jishi.trade.freight_rules import Freight
from jishi.trade.pricing import price
from jishi.trade.same_city import rules
from jishi.trade.same_city.types import Terms
from jishi.web.asked import Asked, house

SAME_CITY = "same_city"


class Bringing(msgspec.Struct, frozen=True):
    """What a shop's part would cost brought (fen), what is missing for it, and how it is chosen."""

    is_chosen: bool
    fen: int
    minimum_fen: int
    missing_fen: int
    take: str
    leave: str


async def terms_of(
    asked: Asked, lines: Sequence[BasketLine], address: Address | None
) -> dict[int, Terms]:
    """Give the terms of the shops that bring goods to this address, by their books."""
    if address is None:
        return {}
    books = sorted({line.offer.of_book for line in lines})
    found = await house(asked).market.look(trade.same_city.terms.current, books=books)
    return {
        each.of_book: each.terms for each in found if rules.is_served(each.terms, address.division)
    }


def brought_of(
    said: Callable[[str], str], lines: Sequence[BasketLine], terms: Mapping[int, Terms]
) -> set[int]:
    """Give the books of shops whose goods shall be brought, as a form or an address says."""
    books = dict.fromkeys(line.offer.of_book for line in lines)
    return {book for at, book in enumerate(books) if book in terms and said(f"by{at}") == SAME_CITY}


def with_brought(
    freights: Mapping[int, Freight], brought: set[int], terms: Mapping[int, Terms]
) -> dict[int, Freight]:
    """Give how each shop charges, where it brings the goods by its terms."""
    return {**freights, **{book: rules.as_freight(terms[book]) for book in brought}}


def shown(
    parts: Sequence[Part], terms: Mapping[int, Terms], brought: set[int], address: Address,
    again: str,
) -> list[Bringing | None]:  # fmt: skip
    """Give what each part would cost brought; none where its shop does not come."""
    books = [part.offer.of_book for part in parts]

    def path(chosen: set[int]) -> str:
        ways = [f"&by{at}={SAME_CITY}" for at, book in enumerate(books) if book in chosen]
        return f"{again}to={address.address_id}{''.join(ways)}"

    found: list[Bringing | None] = []
    for part, book in zip(parts, books, strict=True):
        its = terms.get(book)
        to = Destination(SAME_CITY, address_id=address.address_id, division=address.division)
        items = [line.item for line in part.lines]
        quote = price(items, (), rules.as_freight(its), to) if its else None
        if its is None or quote is None:
            found.append(None)
            continue
        missing = rules.missing_fen(its, quote.goods_fen - quote.discount_fen)
        found.append(
            Bringing(
                book in brought, quote.freight_fen, its.minimum_fen, missing,
                path(brought | {book}), path(brought - {book}),
            )
        )  # fmt: skip
    return found
