"""Goods: shops, products, SKUs, prices, and stock that lies on shelves of the ledger."""

from jishi.goods import views
from jishi.goods.open_shop import OpenShop, ShopOpened
from jishi.goods.price_sku import PriceSku, SkuPriced
from jishi.goods.restock import Restock, Restocked
from jishi.goods.shelf import Stock, shelf

__all__ = [
    "OpenShop",
    "PriceSku",
    "Restock",
    "Restocked",
    "ShopOpened",
    "SkuPriced",
    "Stock",
    "shelf",
    "views",
]
