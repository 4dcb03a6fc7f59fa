"""What a shop sells, as its file says it: a page of products at a time, oldest first."""

from collections.abc import AsyncIterator
from datetime import datetime

import msgspec

from jishi.kernel import Market, queries

PAGE_MAX = 500


class ExportedSku(msgspec.Struct, frozen=True):
    """A SKU with what is on hand in all stores; prices in fen."""

    code: str
    options: list[str]
    options_en: list[str]
    price_fen: int
    compare_fen: int | None
    on_hand: int
    weight_grams: int
    low_stock: int


class ExportedImage(msgspec.Struct, frozen=True):
    """An image by its source, and by its digest once it is uploaded."""

    source: str
    alt: str
    alt_en: str
    digest: str | None


class ExportedProduct(msgspec.Struct, frozen=True):
    """A product with its SKUs and images."""

    product_id: int
    handle: str
    title: str
    title_en: str
    body_html: str
    body_html_en: str
    vendor: str
    category: str
    category_en: str
    tags: list[str]
    state: str
    on_shelf_at: datetime | None
    on_shelf_until: datetime | None
    return_class: str
    return_ground: str
    person_max: int | None
    option_names: list[str]
    option_names_en: list[str]
    skus: list[ExportedSku]
    images: list[ExportedImage]


sql = queries(__file__)
products = sql.many("products", ExportedProduct)


async def exported(market: Market, book: int) -> AsyncIterator[ExportedProduct]:
    """Give every product of a shop that has a SKU."""
    after = -(2**63)
    while page := await market.look(products, book=book, after=after, products_max=PAGE_MAX):
        for product in page:
            yield product
        after = page[-1].product_id
