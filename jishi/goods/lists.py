"""A list of goods as it was read: products with their SKUs, and every line that was rejected."""

import msgspec


class ListedSku(msgspec.Struct, frozen=True):
    """A SKU on the list. Prices in fen; `on_hand` is the count there is now, or none given."""

    line: int
    code: str
    options: tuple[str, ...]
    options_en: tuple[str, ...]
    price_fen: int
    compare_fen: int | None
    on_hand: int | None


class ListedImage(msgspec.Struct, frozen=True):
    """An image on the list, by its address or file name."""

    source: str
    alt: str
    alt_en: str


class ListedProduct(msgspec.Struct, frozen=True):
    """A product on the list, its HTML sanitised already."""

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
    is_live: bool
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
