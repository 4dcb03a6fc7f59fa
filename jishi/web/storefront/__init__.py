"""The storefront: what a shopper reads, in his language, on a phone, with or without scripts."""

from jishi.web.storefront.cashier import cashier, inquiry, start, withdrawal
from jishi.web.storefront.category import category
from jishi.web.storefront.checkout import checkout
from jishi.web.storefront.home import home
from jishi.web.storefront.language import choose, language
from jishi.web.storefront.orders import cancellation, my_orders, order, place
from jishi.web.storefront.product import product
from jishi.web.storefront.search import search, suggestions

PAGES = (
    home, category, product, checkout, place, order, cancellation, my_orders, language, choose,
    search, suggestions, cashier, start, inquiry, withdrawal,
)  # fmt: skip

__all__ = ["PAGES"]
