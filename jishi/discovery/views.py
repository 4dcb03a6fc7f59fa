"""What is found. Public: no row of these belongs to a person."""

from datetime import datetime

from msgspec import Struct

from jishi.kernel import queries


class Found(Struct, frozen=True):
    """A product that was found, as lists show it; `score` says how well it fits, in millionths."""

    product_id: int
    shop: str
    product: str
    title: str
    title_en: str
    price_fen: int
    price_max_fen: int
    compare_fen: int | None
    picture: str | None
    alt: str
    alt_en: str
    free: int
    score: int


class Suggestion(Struct, frozen=True):
    """A title that begins as somebody types."""

    title: str
    title_en: str


class ShopToIndex(Struct, frozen=True):
    """A shop with goods that have no words yet."""

    book: int


class EmptySearch(Struct, frozen=True):
    """What was looked for and not found, and how often."""

    question: str
    times: int
    last_at: datetime


sql = queries(__file__)
found = sql.many("found", Found)
suggestions = sql.many("suggestions", Suggestion)
shops_to_index = sql.many("shops_to_index", ShopToIndex)
empty_searches = sql.many("empty_searches", EmptySearch)
