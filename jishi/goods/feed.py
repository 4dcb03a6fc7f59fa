"""Goods as other programs read them: a shop's products with their SKUs. Public, like the pages."""

from datetime import datetime

import msgspec

from jishi.kernel import queries


class FedSku(msgspec.Struct, frozen=True):
    """A SKU; prices in fen, `free` units on the shelf. `code` is the merchant's own."""

    code: str
    options: list[str]
    price_fen: int
    compare_fen: int | None
    free: int


class FedProduct(msgspec.Struct, frozen=True):
    """A product with its SKUs; `product` is its public id, times are UTC."""

    product_id: int
    product: str
    handle: str
    title: str
    title_en: str
    vendor: str
    tags: list[str]
    is_live: bool
    listed_at: datetime
    skus: list[FedSku]


class FedShop(msgspec.Struct, frozen=True):
    """A shop by its public id."""

    shop: str
    name: str
    name_en: str


class SkuCode(msgspec.Struct, frozen=True):
    """What the merchant calls a SKU."""

    sku_id: int
    code: str


class FoundSku(msgspec.Struct, frozen=True):
    """The SKU that a merchant's code names."""

    sku_id: int


sql = queries(__file__)
shop = sql.one("shop", FedShop)
products = sql.many("products", FedProduct)
product = sql.one("product", FedProduct)
codes = sql.many("codes", SkuCode)
sku_by_code = sql.one("sku_by_code", FoundSku)
