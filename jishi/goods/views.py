"""What a page shows of goods. Public: no row of these belongs to a person."""

from datetime import datetime

import msgspec

from jishi.kernel import queries


class Card(msgspec.Struct, frozen=True):
    """A product on a list; prices in fen, `free` units over all its SKUs. Ids are public."""

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


class CategoryTile(msgspec.Struct, frozen=True):
    """A category and how many live products it has."""

    shop: str
    category: str
    title: str
    title_en: str
    products: int


class CategoryHead(msgspec.Struct, frozen=True):
    """The head of a category's page."""

    book: int
    category_id: int
    shop: str
    shop_name: str
    shop_name_en: str
    category: str
    title: str
    title_en: str


class Picture(msgspec.Struct, frozen=True):
    """A picture of a product; without a digest it is not uploaded yet."""

    digest: str | None
    alt: str
    alt_en: str


class Sku(msgspec.Struct, frozen=True):
    """One choice of a product's options; prices in fen."""

    sku_id: int
    code: str
    options: list[str]
    options_en: list[str]
    price_fen: int
    compare_fen: int | None
    free: int


class ProductPage(msgspec.Struct, frozen=True):
    """A product with its SKUs and pictures, and its terms.

    `is_live`: it can be bought now; `on_shelf_at`: from then on only.
    """

    book: int
    product_id: int
    shop: str
    shop_name: str
    shop_name_en: str
    product: str
    title: str
    title_en: str
    body_html: str
    body_html_en: str
    category: str | None
    category_title: str
    category_title_en: str
    vendor: str
    option_names: list[str]
    option_names_en: list[str]
    is_live: bool
    on_shelf_at: datetime | None
    on_shelf_until: datetime | None
    return_class: str
    return_ground: str
    person_max: int | None
    skus: list[Sku]
    pictures: list[Picture]


class PictureFile(msgspec.Struct, frozen=True):
    """The bytes of a picture."""

    media_type: str
    bytes: bytes


class WaitingImage(msgspec.Struct, frozen=True):
    """A picture that a list names and nobody has uploaded: of which product, under which source."""

    handle: str
    source: str


class ShopRow(msgspec.Struct, frozen=True):
    """A shop and its book; `closed_at`: from then on it sells nothing; not listed: on trial."""

    book: int
    shop: str
    name: str
    name_en: str
    closed_at: datetime | None
    is_listed: bool


class Licence(msgspec.Struct, frozen=True):
    """Who sells, as the law wants it known; a registration or a ground for having none."""

    legal_name: str
    registration: str
    exemption: str
    address: str
    phone: str
    mail: str
    filing: str
    stated_at: datetime


sql = queries(__file__)
cards = sql.many("cards", Card)
categories = sql.many("categories", CategoryTile)
category = sql.one("category", CategoryHead)
category_cards = sql.many("category_cards", Card)
product = sql.one("product", ProductPage)
picture_file = sql.one("picture_file", PictureFile)
rendition = sql.one("rendition", PictureFile)
shops = sql.many("shops", ShopRow)
shop_of_book = sql.one("shop_of_book", ShopRow)
shops_after = sql.many("shops_after", ShopRow)
waiting_images = sql.many("waiting_images", WaitingImage)
licence = sql.one("licence", Licence)
shop_named = sql.one("shop_named", ShopRow)
