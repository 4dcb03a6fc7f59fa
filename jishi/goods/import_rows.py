"""What an import reads of a shop, and the rows it writes."""

from datetime import datetime

import msgspec

from jishi.goods.lists import ListedProduct, ListedSku, Rejection, Terms


class KnownProduct(msgspec.Struct, frozen=True):
    """A product that is there, as a list would put it."""

    product_id: int
    handle: str
    title: str
    title_en: str
    body_html: str
    body_html_en: str
    category: str
    vendor: str
    tags: list[str]
    option_names: list[str]
    option_names_en: list[str]
    state: str
    on_shelf_at: datetime | None
    on_shelf_until: datetime | None
    return_class: str
    return_ground: str
    person_max: int | None
    revision: int

    def terms(self) -> Terms:
        """Give on what terms it is sold."""
        return Terms(
            self.on_shelf_at, self.on_shelf_until, self.return_class, self.return_ground,
            self.person_max,
        )  # fmt: skip


class KnownSku(msgspec.Struct, frozen=True):
    """A SKU that is there: prices in fen, what is free and what is set aside.

    `first_free` lies in the first store; up to `lowest_fen` a price may be struck.
    """

    sku_id: int
    product_id: int
    handle: str
    code: str
    options: list[str]
    options_en: list[str]
    price_fen: int
    compare_fen: int | None
    position: int
    is_listed: bool
    low_stock: int
    weight_grams: int
    free: int
    reserved: int
    first_free: int
    lowest_fen: int | None


class KnownImage(msgspec.Struct, frozen=True):
    """An image that is there."""

    product_id: int
    position: int
    source: str
    alt: str
    alt_en: str
    digest: str | None


class KnownCategory(msgspec.Struct, frozen=True):
    """A category that is there."""

    category_id: int
    title: str
    title_en: str


class World(msgspec.Struct):
    """All of the shop that a list may touch. One list a batch: the next one is `busy`."""

    products: dict[str, KnownProduct]
    skus: list[KnownSku]
    images: list[KnownImage]
    categories: dict[str, KnownCategory]
    store_ids: list[int]
    pictures: set[str]
    is_taken: bool = False


class ProductRow(msgspec.Struct, frozen=True):
    """A product to write, on which terms."""

    product_id: int
    public_id: str
    category_id: int | None
    listed: ListedProduct
    terms: Terms


class SkuRow(msgspec.Struct, frozen=True):
    """A SKU to write. `moved` units come to its shelf, or go; `is_repriced` adds to its history."""

    sku_id: int
    product_id: int
    position: int
    listed: ListedSku
    moved: int
    low_stock: int
    weight_grams: int
    is_new: bool
    is_repriced: bool


class ImageRow(msgspec.Struct, frozen=True):
    """An image to write."""

    product_id: int
    position: int
    source: str
    alt: str
    alt_en: str
    digest: str | None


class Plan(msgspec.Struct):
    """What is written, counted, or rejected."""

    categories: dict[int, tuple[str, str, str]]
    products: list[ProductRow]
    skus: list[SkuRow]
    delisted: list[int]
    images: list[ImageRow]
    rejections: list[Rejection]
    touched: list[int]
    is_pictured: bool = False
    products_new: int = 0
    products_unchanged: int = 0
    struck_left_out: int = 0
