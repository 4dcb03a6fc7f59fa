"""The stock of a shop: every SKU with its stores, its ledger and the prices it has had."""

from jishi.web.console.stock.ledger import adjust, sku_stock, transfer

STOCK = (sku_stock, adjust, transfer)

__all__ = ["STOCK"]
