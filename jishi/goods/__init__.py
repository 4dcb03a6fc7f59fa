"""Goods: shops, products, SKUs, prices, and stock that lies on shelves of the ledger."""

from jishi.goods import feed, keeping_rules, opening, stores, views
from jishi.goods.catalogue_file import TooLong, as_csv, as_xlsx
from jishi.goods.export import ExportedProduct, exported
from jishi.goods.import_catalogue import (
    CatalogueImported,
    ImportCatalogue,
    names_needed,
    rejections_of,
)
from jishi.goods.lists import (
    ALWAYS,
    Catalogue,
    ListedImage,
    ListedProduct,
    ListedSku,
    Rejection,
    Terms,
)
from jishi.goods.move_stock import MoveStock, StockMoved
from jishi.goods.open_shop import OpenShop, ShopOpened
from jishi.goods.picture_bytes import BYTES_MAX
from jishi.goods.picture_sizes import BadPicture, Rendition, as_base64, renditions
from jishi.goods.price_sku import PriceSku, SkuPriced
from jishi.goods.product_csv import BadFile, read_catalogue
from jishi.goods.restock import Restock, Restocked
from jishi.goods.save_category import CategorySaved, SaveCategory
from jishi.goods.save_product import ProductSaved, SaveProduct
from jishi.goods.save_store import SaveStore, StoreSaved
from jishi.goods.set_opening import OpeningSet, SetOpening
from jishi.goods.shelf import Stock, shelf
from jishi.goods.shelve_product import ProductShelved, ShelveProduct
from jishi.goods.state_licence import LicenceStated, StateLicence
from jishi.goods.upload_picture import (
    BASE64_CHARACTERS_MAX,
    PictureUploaded,
    UploadPicture,
    sizes_of,
)

__all__ = [
    "ALWAYS",
    "BASE64_CHARACTERS_MAX",
    "BYTES_MAX",
    "BadFile",
    "BadPicture",
    "Catalogue",
    "CatalogueImported",
    "CategorySaved",
    "ExportedProduct",
    "ImportCatalogue",
    "LicenceStated",
    "ListedImage",
    "ListedProduct",
    "ListedSku",
    "MoveStock",
    "OpenShop",
    "OpeningSet",
    "PictureUploaded",
    "PriceSku",
    "ProductSaved",
    "ProductShelved",
    "Rejection",
    "Rendition",
    "Restock",
    "Restocked",
    "SaveCategory",
    "SaveProduct",
    "SaveStore",
    "SetOpening",
    "ShelveProduct",
    "ShopOpened",
    "SkuPriced",
    "StateLicence",
    "Stock",
    "StockMoved",
    "StoreSaved",
    "Terms",
    "TooLong",
    "UploadPicture",
    "as_base64",
    "as_csv",
    "as_xlsx",
    "exported",
    "feed",
    "keeping_rules",
    "names_needed",
    "opening",
    "read_catalogue",
    "rejections_of",
    "renditions",
    "shelf",
    "sizes_of",
    "stores",
    "views",
]
