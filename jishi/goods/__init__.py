"""Goods: shops, products, SKUs, prices, and stock that lies on shelves of the ledger."""

from jishi.goods import views
from jishi.goods.import_catalogue import (
    CatalogueImported,
    ImportCatalogue,
    names_needed,
    rejections_of,
)
from jishi.goods.lists import Catalogue, ListedProduct, Rejection
from jishi.goods.open_shop import OpenShop, ShopOpened
from jishi.goods.price_sku import PriceSku, SkuPriced
from jishi.goods.product_csv import BadFile, read_catalogue
from jishi.goods.restock import Restock, Restocked
from jishi.goods.shelf import Stock, shelf
from jishi.goods.upload_picture import PictureUploaded, UploadPicture

__all__ = [
    "BadFile",
    "Catalogue",
    "CatalogueImported",
    "ImportCatalogue",
    "ListedProduct",
    "OpenShop",
    "PictureUploaded",
    "PriceSku",
    "Rejection",
    "Restock",
    "Restocked",
    "ShopOpened",
    "SkuPriced",
    "Stock",
    "UploadPicture",
    "names_needed",
    "read_catalogue",
    "rejections_of",
    "shelf",
    "views",
]
