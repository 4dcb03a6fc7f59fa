"""What the staff of a shop see of its goods: lists, a product as its form shows it, its ledger."""

from datetime import datetime

import msgspec

from jishi.kernel import queries

TABS = ("live", "draft", "archived", "low", "sold_out")


class DeskRow(msgspec.Struct, frozen=True):
    """A product on a list of the staff; prices in fen, `few` SKUs are at their warning level."""

    product_id: int
    handle: str
    title: str
    title_en: str
    state: str
    price_fen: int
    price_max_fen: int
    free: int
    few: int
    picture: str | None


class DeskCount(msgspec.Struct, frozen=True):
    """How many products stand on each list."""

    live: int
    draft: int
    archived: int
    low: int
    sold_out: int


class FormSku(msgspec.Struct, frozen=True):
    """A SKU as the form shows it; what is free, and what is set aside, over all stores."""

    sku_id: int
    code: str
    options: list[str]
    options_en: list[str]
    price_fen: int
    compare_fen: int | None
    weight_grams: int
    low_stock: int
    free: int
    reserved: int


class FormImage(msgspec.Struct, frozen=True):
    """An image as the form shows it."""

    source: str
    alt: str
    alt_en: str
    digest: str | None


class FormProduct(msgspec.Struct, frozen=True):
    """A product as its form shows it, of one revision."""

    product_id: int
    shop: str
    product: str
    handle: str
    title: str
    title_en: str
    body_html: str
    body_html_en: str
    vendor: str
    category: str
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
    skus: list[FormSku]
    images: list[FormImage]


class CategoryName(msgspec.Struct, frozen=True):
    """A category by its title."""

    title: str
    title_en: str


class StockHead(msgspec.Struct, frozen=True):
    """A SKU whose stock is looked at: what is free and what is set aside in each store."""

    sku_id: int
    product_id: int
    title: str
    title_en: str
    code: str
    options: list[str]
    low_stock: int
    stores: list["StoreStock"]


class StoreStock(msgspec.Struct, frozen=True):
    """A store and what lies there."""

    store_id: int
    name: str
    free: int
    reserved: int


class ShelfMove(msgspec.Struct, frozen=True):
    """Units that came to a shelf of the shop or left it: when, why, by whom (0: by itself).

    Between two stores they left `from_store_id`, which is 0 otherwise.
    """

    number: int
    position: int
    at: datetime
    quantity: int
    store_id: int
    from_store_id: int
    reason: str
    actor_id: int


class PriceSet(msgspec.Struct, frozen=True):
    """A price of the history, in fen: since when, and by whom."""

    number: int
    changed_at: datetime
    price_fen: int
    compare_fen: int | None
    actor_id: int


sql = queries(__file__)
rows = sql.many("rows", DeskRow)
counts = sql.one("counts", DeskCount)
form = sql.one("form", FormProduct)
categories = sql.many("categories", CategoryName)
stock = sql.one("stock", StockHead)
moves = sql.many("moves", ShelfMove)
price_history = sql.many("price_history", PriceSet)
