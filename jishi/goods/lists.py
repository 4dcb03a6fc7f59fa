"""A list of goods as it was read: products with their SKUs, and every line that was rejected."""

from datetime import datetime

import msgspec


class Terms(msgspec.Struct, frozen=True):
    """On what terms a product is sold: when, how many to a person, and whether it may come back."""

    on_shelf_at: datetime | None
    on_shelf_until: datetime | None
    return_class: str
    return_ground: str
    person_max: int | None


ALWAYS = Terms(None, None, "yes", "", None)
"""At any time, to anybody as many as there are, and it may come back for seven days."""


class ListedSku(msgspec.Struct, frozen=True):
    """A SKU on the list. Prices in fen; `on_hand` is the count there is now, or none given.

    `sku_id` names one that is there, whatever else changes of it; none is matched by its options,
    else by its code. `low_stock` is its warning level, `weight_grams` what one weighs
    as it is sent, or none given.
    """

    line: int
    sku_id: int | None
    code: str
    options: tuple[str, ...]
    options_en: tuple[str, ...]
    price_fen: int
    compare_fen: int | None
    on_hand: int | None
    low_stock: int | None
    weight_grams: int | None


class ListedImage(msgspec.Struct, frozen=True):
    """An image on the list, by its address or file name."""

    source: str
    alt: str
    alt_en: str


class ListedProduct(msgspec.Struct, frozen=True):
    """A product on the list, its HTML sanitised already; without terms they stay as they are."""

    line: int
    handle: str
    title: str
    title_en: str
    body_html: str
    body_html_en: str
    category: str
    category_en: str
    vendor: str
    tags: tuple[str, ...]
    option_names: tuple[str, ...]
    option_names_en: tuple[str, ...]
    state: str
    terms: Terms | None
    skus: tuple[ListedSku, ...]
    images: tuple[ListedImage, ...]


class Rejection(msgspec.Struct, frozen=True):
    """A line that cannot be taken: where, which column, why, and what it said (shortened)."""

    line: int
    handle: str
    column: str
    reason: str
    said: str


class Catalogue(msgspec.Struct, frozen=True):
    """What a file says: what can be taken, what cannot, and what deserves a word."""

    products: tuple[ListedProduct, ...]
    rejections: tuple[Rejection, ...]
    notes: tuple[str, ...]
    encoding: str
